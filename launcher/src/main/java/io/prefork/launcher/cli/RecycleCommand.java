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

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.prefork.launcher.operator.OperatorConnection;
import io.prefork.launcher.operator.RequestRejectedException;
import io.prefork.launcher.report.Json;

/**
 * {@code prefork recycle}: replace the worker of one slot by a fresh one.
 */
@Command(name = "recycle", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Replace the worker of one slot by a fresh one.",
		footer = { "", "Example:", "  prefork recycle 0" })
final class RecycleCommand extends OperatorCommand {

	@Parameters(paramLabel = "SLOT", description = "The number of the slot.")
	private int number;

	@Option(names = "--json", description = "Write the result for programs, as the actuator's workers endpoint does.")
	private boolean json;

	@Override
	int operate(OperatorConnection master) throws IOException, RequestRejectedException {
		master.recycle(this.number);
		out().println(
				this.json ? Json.of(new Begun(this.number)) : "replacing the worker of slot %d".formatted(this.number));
		return CommandCodes.DONE;
	}

	/**
	 * What has begun.
	 *
	 * @param slot the slot
	 */
	private record Begun(int slot) {

	}

}
