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

import io.prefork.launcher.operator.OperatorConnection;
import io.prefork.launcher.top.TopScreen;

/**
 * {@code prefork top}: show a service as it changes.
 */
@Command(name = "top", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Show what the workers do, once a second, with keys to recycle, scale and reload.",
		footer = { "", "Keys: j and k choose a slot, r recycles it, + and - scale, l reloads, q quits." })
final class TopCommand extends OperatorCommand {

	@Override
	int operate(OperatorConnection master) throws IOException {
		TopScreen screen;
		try {
			screen = TopScreen.open();
		}
		catch (IOException | IllegalStateException ex) {
			spec().commandLine().getErr().println("top needs a terminal; use status elsewhere");
			return CommandCodes.REFUSED;
		}
		try (screen) {
			screen.show(master);
		}
		return CommandCodes.DONE;
	}

}
