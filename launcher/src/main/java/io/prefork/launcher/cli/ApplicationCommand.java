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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

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

	/**
	 * Short forms, as gunicorn has them.
	 */
	private static final Map<Setting, String> LETTERS = Map.of(Setting.WORKERS, "-w", Setting.BIND, "-b",
			Setting.WORKER_CLASS, "-k", Setting.TIMEOUT, "-t");

	@Spec
	private @Nullable CommandSpec spec;

	@Parameters(index = "0", paramLabel = "APP.jar", description = "The application's executable jar.")
	private @Nullable Path jar;

	@Parameters(index = "1..*", paramLabel = "-- ARGUMENT", description = "Arguments of the application.")
	private List<String> arguments = new ArrayList<>();

	private final Map<Setting, OptionSpec> options = new EnumMap<>(Setting.class);

	static CommandLine create(ApplicationCommand command) {
		CommandLine commandLine = new CommandLine(command);
		for (Setting setting : Setting.values()) {
			command.offer(setting);
		}
		return commandLine;
	}

	private void offer(Setting setting) {
		if (spec().findOption(option(setting)) == null) {
			String letter = LETTERS.get(setting);
			OptionSpec.Builder option = (letter != null) ? OptionSpec.builder(letter, option(setting))
					: OptionSpec.builder(option(setting));
			// Addresses may be several, as with gunicorn.
			option = (setting == Setting.BIND) ? option.type(List.class).auxiliaryTypes(String.class)
					: option.type(String.class);
			OptionSpec built = option.paramLabel("VALUE").description("Sets %s.".formatted(setting.property())).build();
			spec().addOption(built);
			this.options.put(setting, built);
		}
	}

	@Override
	public Integer call() throws InterruptedException {
		if (this.jar == null) {
			throw new IllegalStateException("picocli did not fill in the parameters");
		}
		Map<Setting, String> settings = new EnumMap<>(Setting.class);
		this.options.forEach((setting, option) -> {
			Object value = option.getValue();
			if (value != null) {
				settings.put(setting, (value instanceof List<?> list)
						? list.stream().map(Object::toString).collect(Collectors.joining(",")) : value.toString());
			}
		});
		return call(this.jar, settings, this.arguments);
	}

	/**
	 * Do it.
	 * @param jar the application's jar
	 * @param settings what the command line says of settings
	 * @param arguments the application's arguments
	 * @return the exit code
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	abstract int call(Path jar, Map<Setting, String> settings, List<String> arguments) throws InterruptedException;

	/**
	 * Settings as options of the JVM for the application.
	 * @param settings the settings
	 * @return the options
	 */
	static List<String> jvmOptions(Map<Setting, String> settings) {
		return settings.entrySet()
			.stream()
			.map((setting) -> "-D%s=%s".formatted(setting.getKey().property(), setting.getValue()))
			.toList();
	}

	final CommandSpec spec() {
		if (this.spec == null) {
			throw new IllegalStateException("picocli did not fill in the command");
		}
		return this.spec;
	}

	private static String option(Setting setting) {
		return "--" + setting.label();
	}

}
