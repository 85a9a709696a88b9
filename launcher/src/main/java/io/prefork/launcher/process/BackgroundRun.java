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

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.prefork.contract.Scoreboard;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.log.Wording;

/**
 * Runs a JVM to its end that prepares something for others: without a word, and only with
 * the processor time that nobody else wants.
 */
public final class BackgroundRun {

	private static final Duration LAST_WORDS = Duration.ofSeconds(2);

	private BackgroundRun() {
	}

	/**
	 * Run a command.
	 * @param command what to run
	 * @param variables environment variables beside those of this process
	 * @param limit how long it may take
	 * @throws IOException if it can't be started, takes longer or fails; the message says
	 * what it said last
	 * @throws InterruptedException if the calling thread is interrupted; the process is
	 * gone then
	 */
	public static void of(JavaCommand command, Map<String, String> variables, Duration limit)
			throws IOException, InterruptedException {
		ProcessBuilder builder = ChildJvm.of(WorkerOptions.number(command, Scoreboard.LINES))
			.redirectErrorStream(true)
			.redirectInput(ChildJvm.NO_INPUT);
		builder.environment().putAll(variables);
		builder.command().addAll(0, CpuPriority.lowest());
		Process process = builder.start();
		try {
			OutputTail tail = OutputTail.follow(process.getInputStream(), OutputStream.nullOutputStream(),
					"prefork-background");
			if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new IOException("it took longer than %d s".formatted(limit.toSeconds()));
			}
			if (process.exitValue() != 0) {
				throw new IOException("the process %s: %s".formatted(Wording.of(ExitValue.of(process.exitValue())),
						tail.await(LAST_WORDS)));
			}
		}
		finally {
			// What a JVM starts to write an archive ends with it.
			ChildJvm.kill(process);
		}
	}

}
