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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FirstJvm}; what it does to a process is tested with one.
 */
class FirstJvmTests {

	@Test
	void whenWordsRunJarThenItIsFound() {
		assertThat(FirstJvm.jarIn(List.of("java", "-Da=-jar", "-jar", "my app.jar", "-jar", "x")))
			.isEqualTo("my app.jar");
		assertThat(FirstJvm.jarIn(List.of("java", "-cp", "a.jar", "Main"))).isNull();
		assertThat(FirstJvm.jarIn(List.of("java", "-jar"))).isNull();
		assertThat(FirstJvm.jarIn(List.of())).isNull();
	}

	@Test
	void whenWordsGoThroughTheEnvironmentThenTheyAreTheSame() {
		List<String> words = List.of("java", "", "-Da=b c", "a+b%20", "\u00e4\n\"", "--x=1,2");

		assertThat(FirstJvm.decode(FirstJvm.encode(words))).isEqualTo(words);
		assertThat(FirstJvm.decode(FirstJvm.encode(List.of()))).isEmpty();
	}

	@Test
	void whenAnotherProcessIsStartedThenItKnowsNothingOfIt() {
		Map<String, String> environment = new HashMap<>(
				Map.of("PREFORK_FIRST_COMMAND", "java", "PREFORK_FIRST_OPTIONS", "-Da", "PATH", "/bin"));

		FirstJvm.removeFrom(environment);

		assertThat(environment).containsOnlyKeys("PATH");
	}

}
