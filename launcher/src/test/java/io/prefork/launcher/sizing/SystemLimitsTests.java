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

package io.prefork.launcher.sizing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SystemLimitsTests {

	@Test
	void acceptQueueIsWhatTheSystemSays() throws IOException {
		assertThat(SystemLimits.acceptQueue()).hasValue(said("cat /proc/sys/net/core/somaxconn"));
	}

	@Test
	void openFilesIsWhatAChildProcessGets() throws IOException {
		assertThat(SystemLimits.openFiles()).hasValue(said("ulimit -n"));
	}

	private static long said(String command) throws IOException {
		Process process = new ProcessBuilder("sh", "-c", command).start();
		return Long.parseLong(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
	}

}
