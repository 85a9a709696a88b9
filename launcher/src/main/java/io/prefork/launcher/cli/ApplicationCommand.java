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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.prefork.contract.Setting;

/**
 * A command for an application's jar: every setting is also an option, which reaches the
 * application as a system property and so overrides its configuration files.
 */
abstract class ApplicationCommand implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Parameters(index = "0", paramLabel = "APP.jar", description = "The application's executable jar.")
	private @Nullable Path jar;

	@Parameters(index = "1..*", paramLabel = "-- ARGUMENT", description = "Arguments of the application.")
	private List<String> arguments = new ArrayList<>();

	static CommandLine create(ApplicationCommand command) {
		CommandLine commandLine = new CommandLine(command);
		for (Setting setting : Setting.values()) {
			OptionSpec.Builder option = (setting == Setting.WORKERS) ? OptionSpec.builder("-w", option(setting))
					: OptionSpec.builder(option(setting));
			commandLine.getCommandSpec()
				.addOption(option.type(String.class)
					.paramLabel("VALUE")
					.description("Sets %s.".formatted(setting.property()))
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
		for (Setting setting : Setting.values()) {
			String value = this.spec.findOption(option(setting)).getValue();
			if (value != null) {
				options.add("-D%s=%s".formatted(setting.property(), value));
			}
		}
		return call(this.jar, options, this.arguments);
	}

	/**
	 * Do it.
	 * @param jar the application's jar
	 * @param options options of the JVM for the application
	 * @param arguments the application's arguments
	 * @return the exit code
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	abstract int call(Path jar, List<String> options, List<String> arguments) throws InterruptedException;

	private static String option(Setting setting) {
		return "--" + setting.label();
	}

}
