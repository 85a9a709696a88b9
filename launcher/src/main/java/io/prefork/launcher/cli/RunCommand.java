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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.prefork.launcher.Launcher;
import io.prefork.protocol.SettingNames;

/**
 * {@code run APP.jar}: every setting is also an option, which reaches the application as
 * a system property and so overrides its configuration files.
 */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Run an application until it is stopped.",
		footer = { "", "Example:", "  prefork run app.jar -w 4 -- --server.port=8080" })
final class RunCommand implements Callable<Integer> {

	private static final List<String> SETTINGS = List.of(SettingNames.WORKERS, "enabled", "event-loops",
			SettingNames.DISTRIBUTION, SettingNames.DISPATCH_STRATEGY, SettingNames.BACKLOG, SettingNames.BOOT_TIMEOUT,
			SettingNames.TIMEOUT, "stall-threshold", SettingNames.GRACEFUL_TIMEOUT, SettingNames.DRAIN_DELAY,
			SettingNames.MAX_REQUESTS, SettingNames.MAX_REQUESTS_JITTER, SettingNames.MAX_AGE,
			SettingNames.MAX_AGE_JITTER, SettingNames.MAX_RSS, SettingNames.SURGE, SettingNames.MAX_UNAVAILABLE,
			SettingNames.SPARES, SettingNames.RESTART_INITIAL_DELAY, SettingNames.RESTART_MULTIPLIER,
			SettingNames.RESTART_MAX_DELAY, SettingNames.RESTART_RESET_AFTER, SettingNames.RESTART_GIVE_UP_AFTER,
			SettingNames.RELOAD_CANARY, SettingNames.RELOAD_MAX_ERROR_RATE, SettingNames.RELOAD_TIMEOUT, "probe",
			SettingNames.JVM_OPTIONS, SettingNames.JVM_JAVA_HOME, SettingNames.RUN_DIR, SettingNames.ON_MASTER_LOSS,
			SettingNames.PID_FILE);

	@Spec
	private @Nullable CommandSpec spec;

	@Parameters(index = "0", paramLabel = "APP.jar", description = "The application's executable jar.")
	private @Nullable Path jar;

	@Parameters(index = "1..*", paramLabel = "-- ARGUMENT", description = "Arguments of the application.")
	private List<String> arguments = new ArrayList<>();

	static CommandLine create() {
		CommandLine commandLine = new CommandLine(new RunCommand());
		for (String setting : SETTINGS) {
			OptionSpec.Builder option = setting.equals(SettingNames.WORKERS) ? OptionSpec.builder("-w", "--workers")
					: OptionSpec.builder("--" + setting);
			commandLine.getCommandSpec()
				.addOption(option.type(String.class)
					.paramLabel("VALUE")
					.description("Sets prefork." + setting + ".")
					.build());
		}
		return commandLine;
	}

	@Override
	public Integer call() throws InterruptedException {
		if (this.jar == null || this.spec == null) {
			throw new IllegalStateException("picocli did not fill in the parameters");
		}
		List<String> options = new ArrayList<>();
		for (String setting : SETTINGS) {
			String value = this.spec.findOption("--" + setting).getValue();
			if (value != null) {
				options.add("-Dprefork.%s=%s".formatted(setting, value));
			}
		}
		return Launcher.run(this.jar, options, this.arguments);
	}

}
