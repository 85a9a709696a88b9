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
import java.util.concurrent.TimeUnit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.prefork.launcher.operator.OperatorConnection;
import io.prefork.launcher.operator.RequestRejectedException;
import io.prefork.launcher.report.Json;
import io.prefork.launcher.report.StatusText;
import io.prefork.status.ReloadStatus;
import io.prefork.status.ReloadStatus.SlotProgress;

/**
 * {@code prefork reload}: replace all workers, the settings and the application being
 * read again.
 */
@Command(name = "reload", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Read settings and application again and replace all workers, one after the other.",
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:the reload was begun; with --wait: it has succeeded",
				"1:there is no such master, or a reload is in progress",
				"2:with --wait: the new generation has failed, and the old one serves on",
				"5:the master was lost meanwhile" },
		footer = { "", "Example:", "  prefork reload --wait && echo released" })
final class ReloadCommand extends OperatorCommand {

	private static final long INTERVAL_MS = 250;

	@Option(names = "--wait", description = "Wait for the end, and tell how far it has come.")
	private boolean wait;

	@Option(names = "--json", description = "Write the result for programs, as the actuator's reload endpoint does.")
	private boolean json;

	@Override
	int operate(OperatorConnection master) throws IOException, RequestRejectedException, InterruptedException {
		int id = master.reload();
		if (!this.wait) {
			out().println(this.json ? Json.of(new Begun(id)) : "reload to generation %d: begun".formatted(id));
			return CommandCodes.DONE;
		}
		String told = "";
		while (true) {
			ReloadStatus reload = master.status(false, false).reload();
			if (reload == null || reload.id() != id) {
				throw new IOException("it knows nothing of reload %d any more".formatted(id));
			}
			if (reload.verdict() != null) {
				out().println(this.json ? Json.of(reload) : StatusText.of(reload));
				return reload.verdict().succeeded() ? CommandCodes.DONE : CommandCodes.ROLLED_BACK;
			}
			String progress = progress(reload);
			if (!this.json && !progress.equals(told)) {
				out().println(progress);
				out().flush();
				told = progress;
			}
			TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
		}
	}

	private static String progress(ReloadStatus reload) {
		StringBuilder line = new StringBuilder(StatusText.of(reload));
		for (SlotProgress slot : reload.slots()) {
			line.append((slot.generation() == reload.id()) ? "  %d:done".formatted(slot.slot())
					: "  %d:%s".formatted(slot.slot(), slot.next()));
		}
		return line.toString();
	}

	/**
	 * A reload that has begun.
	 *
	 * @param id its number
	 */
	private record Begun(int id) {

	}

}
