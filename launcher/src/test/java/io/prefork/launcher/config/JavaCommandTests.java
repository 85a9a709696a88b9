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

package io.prefork.launcher.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.supervisor.ExitCodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JavaCommand}.
 */
class JavaCommandTests {

	private static final JavaCommand COMMAND = new JavaCommand(Path.of("/jdk/bin/java"), List.of("-Xmx1g"),
			List.of("-jar", "app.jar"), List.of("--a", "b"), false);

	@Test
	void whenCommandIsListedThenWordsAreInOrder() {
		assertThat(COMMAND.toList()).containsExactly("/jdk/bin/java", "-Xmx1g", "-jar", "app.jar", "--a", "b");
	}

	@Test
	void whenJavaHomeIsSetThenOnlyTheExecutableChanges(@TempDir Path home) throws IOException {
		Path java = FakeJdk.install(home, "25");

		JavaCommand changed = COMMAND.withJavaHome(home);

		assertThat(changed).isEqualTo(
				new JavaCommand(java, COMMAND.options(), COMMAND.launch(), COMMAND.arguments(), COMMAND.expanded()));
	}

	@Test
	void whenJavaHomeHasNoJavaThenTheMessageNamesTheSetting(@TempDir Path home) {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> COMMAND.withJavaHome(home))
			.withMessage("There is no executable %s/bin/java; set prefork.jvm.java-home to a Java installation", home)
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCodes.USAGE));
	}

}
