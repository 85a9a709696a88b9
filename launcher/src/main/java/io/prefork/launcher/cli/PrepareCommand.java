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

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import picocli.CommandLine.Command;

import io.prefork.contract.Setting;
import io.prefork.launcher.Launcher;

/**
 * {@code prepare APP.jar}.
 */
@Command(name = "prepare", mixinStandardHelpOptions = true, sortOptions = false, abbreviateSynopsis = true,
		description = "Make what lets workers start quickly, and do not run the application; for the build of an image.",
		footer = { "", "Example:", "  prefork prepare app.jar --preload.cache-dir /var/cache/prefork" })
final class PrepareCommand extends ApplicationCommand {

	@Override
	int call(Path jar, Map<Setting, String> settings, List<String> arguments) throws InterruptedException {
		return Launcher.prepare(jar, jvmOptions(settings), arguments);
	}

}
