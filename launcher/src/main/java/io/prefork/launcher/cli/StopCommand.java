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
import java.util.Map;
import java.util.concurrent.TimeUnit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.prefork.launcher.log.Wording;
import io.prefork.launcher.operator.OperatorConnection;
import io.prefork.launcher.operator.RequestRejectedException;
import io.prefork.launcher.operator.RunningMasters;

/**
 * {@code prefork stop}: stop a service.
 */
@Command(name = "stop", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Let all workers finish what they do, and stop the service; returns when the master has stopped.",
		footer = { "", "Example:", "  prefork stop" })
final class StopCommand extends OperatorCommand {

	private static final long INTERVAL_MS = 250;

	@Option(names = "--quick", description = "Cut what is in flight.")
	private boolean quick;

	@Option(names = "--no-wait", description = "Return at once.")
	private boolean noWait;

	@Override
	int operate(OperatorConnection master) throws IOException, RequestRejectedException, InterruptedException {
		master.stop(this.quick);
		long told = -1;
		while (!this.noWait) {
			long left;
			try {
				left = master.status(false, false)
					.workers()
					.stream()
					.filter((worker) -> worker.process() != null)
					.count();
			}
			catch (IOException ex) {
				if (!RunningMasters.find(master.directory(), Map.of()).isEmpty()) {
					throw ex;
				}
				out().println("stopped");
				return CommandCodes.DONE;
			}
			if (left != told) {
				out().println("stopping, %s left".formatted(Wording.count((int) left, "worker")));
				out().flush();
				told = left;
			}
			TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
		}
		out().println("stopping");
		return CommandCodes.DONE;
	}

}
