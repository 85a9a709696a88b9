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

package io.prefork.launcher.process;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.prefork.launcher.config.JavaCommand;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SmallJvm}.
 */
class SmallJvmTests {

	@Test
	void whenUserHasChosenCollectorThenThereIsOnlyTheSmallOne() {
		assertThat(
				SmallJvm.of(command("-XX:+UseZGC", "-XX:-UseParallelGC", "-Xmx1g", "-XX:MaxGCPauseMillis=5")).options())
			.containsExactly("-Xmx1g", "-XX:MaxGCPauseMillis=5", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
	}

	@Test
	void whenItIsOfTheMasterThenItHasPropertiesAndModulesOfTheUserAndNothingElse() {
		assertThat(
				SmallJvm.master(command("-Xmx1g", "-Da=b", "-javaagent:x.jar", "--add-opens=java.base/java.lang=ALL"))
					.options())
			.contains("-Xmx128m", "-Da=b", "--add-opens=java.base/java.lang=ALL", "-XX:+UseSerialGC")
			.doesNotContain("-Xmx1g", "-javaagent:x.jar");
	}

	private static JavaCommand command(String... options) {
		return new JavaCommand(Path.of("java"), List.of(options), List.of("-jar", "app.jar"), List.of(), true);
	}

}
