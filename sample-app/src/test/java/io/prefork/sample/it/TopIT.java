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

package io.prefork.sample.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.CommandResult;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.Programs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service on a terminal of 80 columns and 24 rows. Skipped where tmux is not installed.
 */
@Tag("slow")
class TopIT {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private final String tmux = Programs.installed("tmux").toString();

	private final Path socket;

	private final Path runDirectory;

	TopIT(@TempDir Path directory) {
		this.socket = directory.resolve("tmux");
		this.runDirectory = directory.resolve("run");
	}

	@AfterEach
	void endTerminal() {
		tmux("kill-server");
	}

	@Test
	void whenKeysArePressedThenTheServiceDoesWhatTheySay() {
		try (PreforkService service = PreforkService.builder()
			.args("--prefork.workers=2", "--prefork.run-dir=" + this.runDirectory)
			.start()
			.awaitReady()) {
			String command = "'%s' -jar '%s' top --run-dir '%s'; echo exit code $?; sleep 600".formatted(
					Path.of(System.getProperty("java.home"), "bin", "java"), CommandResult.launcher(),
					this.runDirectory);
			assertThat(tmux("new-session", "-d", "-x", "80", "-y", "24", command).exitCode()).isZero();
			awaitScreen("2 of 2 ready");
			assertThat(screen().lines()).anyMatch((line) -> line.startsWith("> 0"));

			long before = service.readyWorker(1);
			press("j", "r");
			awaitScreen("recycle the worker of slot 1? (y/n)");
			press("y");
			service.awaitWorkerReady(1, before);
			press("+", "y");
			service.awaitReadySlots(3);
			awaitScreen("3 of 3 ready");
			press("q");
			awaitScreen("exit code 0");
			assertThat(screen()).doesNotContain("3 of 3 ready");
		}
	}

	private void awaitScreen(String text) {
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(screen()).contains(text));
	}

	private String screen() {
		return tmux("capture-pane", "-p").output();
	}

	private void press(String... keys) {
		for (String key : keys) {
			tmux("send-keys", key);
		}
	}

	private CommandResult tmux(String... args) {
		List<String> line = new ArrayList<>(List.of(this.tmux, "-S", this.socket.toString(), "-f", "/dev/null"));
		line.addAll(List.of(args));
		return CommandResult.of(line.toArray(String[]::new));
	}

}
