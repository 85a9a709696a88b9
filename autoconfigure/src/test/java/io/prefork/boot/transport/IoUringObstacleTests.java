/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.prefork.boot.transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IoUringObstacle}.
 */
class IoUringObstacleTests {

	@ParameterizedTest
	@CsvSource({ "2, set the sysctl kernel.io_uring_disabled to 0", "1, add the user to that group",
			"0, a seccomp filter refuses it" })
	void whenSystemRefusesThenTheSwitchOrTheFilterIsNamed(String disabled, String remedy) {
		RuntimeException refused = new RuntimeException("failed to create io_uring ring fd: Operation not permitted");

		assertThat(IoUringObstacle.explain(refused, disabled)).contains(remedy);
	}

	@Test
	void whenLibraryIsMissingThenTheArtifactIsNamed() {
		Throwable cause = new UnsatisfiedLinkError("could not load a native library");

		assertThat(IoUringObstacle.explain(cause, "0")).contains("(could not load a native library)")
			.contains("add io.netty:netty-transport-native-io_uring with the classifier linux-");
	}

	@Test
	void whenKernelIsTooOldThenWhatNettySaysIsShown() {
		Throwable cause = new UnsupportedOperationException("you need at least kernel version 5.9");

		assertThat(IoUringObstacle.explain(cause, "0")).contains("(you need at least kernel version 5.9)");
	}

}
