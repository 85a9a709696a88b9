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
import java.time.Instant;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.prefork.launcher.operator.OperatorConnection;
import io.prefork.launcher.report.Json;
import io.prefork.launcher.report.StatusText;
import io.prefork.status.ServiceStatus;

/**
 * {@code prefork status}: say what a service does.
 */
@Command(name = "status", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Say what the master and its workers do.", footer = { "", "Examples:", "  prefork status",
				"  prefork status --json | jq '.workers[] | select(.state != \"ready\")'" })
final class StatusCommand extends OperatorCommand {

	@Option(names = "--history", description = "Say what happened last, too.")
	private boolean history;

	@Option(names = "--hints",
			description = "Say what was found in the application that several processes change, too.")
	private boolean hints;

	@Option(names = "--settings", description = "Say which values of its settings hold, too.")
	private boolean settings;

	@Option(names = "--json", description = "Write it for programs, as the actuator's workers endpoint does.")
	private boolean json;

	@Override
	int operate(OperatorConnection master) throws IOException {
		ServiceStatus status = master.status(true, this.json || this.history);
		if (this.json) {
			out().println(Json.of(status));
			return CommandCodes.DONE;
		}
		StatusText text = new StatusText(status, Instant.now());
		text.service().forEach(out()::println);
		if (this.settings) {
			text.settings().forEach(out()::println);
		}
		if (this.hints) {
			text.hints().forEach(out()::println);
		}
		if (this.history) {
			text.history().forEach(out()::println);
		}
		return CommandCodes.DONE;
	}

}
