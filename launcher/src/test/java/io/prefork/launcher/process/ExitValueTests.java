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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.prefork.launcher.log.Wording;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExitValue}.
 */
class ExitValueTests {

	@ParameterizedTest
	@CsvSource({ "0, exited with code 0", "1, exited with code 1", "137, killed by signal 9 (KILL)",
			"139, killed by signal 11 (SEGV)", "134, killed by signal 6 (ABRT)", "143, exited with code 143",
			"9, exited with code 9" })
	void whenProcessEndedThenItIsSaidHow(int exitValue, String expected) {
		assertThat(Wording.of(ExitValue.of(exitValue))).isEqualTo(expected);
	}

}
