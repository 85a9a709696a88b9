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

package io.prefork.launcher.supervisor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor} by golden transcripts in virtual time, see
 * {@link Scenario}; {@code -Dprefork.rewrite=true} rewrites them.
 */
class ScenarioTests {

	static List<Path> scenarios() {
		return Scenario.files();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("scenarios")
	void whenEventsHappenThenDecisionsAreThoseOfTheTranscript(Path file) throws IOException {
		String actual = Scenario.run(file).transcript();

		String expected = Rewriting.read(file, actual);

		assertThat(actual).isEqualTo(expected).doesNotContain("> incident");
	}

}
