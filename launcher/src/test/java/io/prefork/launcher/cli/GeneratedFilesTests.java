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

package io.prefork.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import picocli.AutoComplete;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is generated from the command line, for the archive. {@code -Dprefork.rewrite}
 * writes it anew.
 */
class GeneratedFilesTests {

	private static final Path DIST = Path.of("src", "dist");

	@Test
	void whenCommandLineIsCompletedThenTheScriptKnowsIt() throws IOException {
		// It says with which version of picocli and when it was made.
		String script = AutoComplete.bash("prefork", Prefork.commandLine())
			.replaceAll("(?m)^# (Version|Generated).*\\n", "");

		verify(DIST.resolve("completions/prefork"), script);
	}

	@Test
	void whenManualIsReadThenItKnowsTheCommandLine() throws IOException {
		CommandLine commandLine = Prefork.commandLine();

		verify(DIST.resolve("man/prefork.1"), ManPage.of(commandLine));
	}

	private static void verify(Path file, String content) throws IOException {
		if (Boolean.getBoolean("prefork.rewrite")) {
			Files.writeString(file, content);
		}
		assertThat(file).hasContent(content);
	}

}
