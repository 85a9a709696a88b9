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
import picocli.CommandLine.Option;

import io.prefork.contract.Setting;
import io.prefork.launcher.Launcher;

/**
 * {@code run APP.jar}.
 */
@Command(name = RunCommand.NAME, mixinStandardHelpOptions = true, sortOptions = false,
		description = "Run an application until it is stopped.", abbreviateSynopsis = true,
		footer = { "", "Said twice, an argument of the application comes before an option, an option",
				"before an environment variable (PREFORK_WORKERS), and that before the files.", "",
				"There is no --daemon: it stays in the foreground, where systemd or a container",
				"keeps it running, starts it again and has its log.", "", "Examples:",
				"  prefork run app.jar -w 4 -- --server.port=8080",
				"  prefork run app.jar -b 127.0.0.1:8080 -b unix:/run/shop.sock -t 10s" })
final class RunCommand extends ApplicationCommand {

	static final String NAME = "run";

	@Option(names = "--check", description = "Check settings and machine, as check does, and do not run it.")
	private boolean check;

	@Override
	int call(Path jar, Map<Setting, String> settings, List<String> arguments) throws InterruptedException {
		List<String> options = jvmOptions(settings);
		return this.check ? CheckCommand.check(jar, options, arguments, false, spec().commandLine())
				: Launcher.run(jar, options, arguments);
	}

}
