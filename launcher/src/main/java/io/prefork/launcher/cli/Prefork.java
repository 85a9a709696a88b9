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

import java.time.Duration;
import java.util.stream.Stream;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

import io.prefork.launcher.report.Amounts;
import io.prefork.launcher.signal.HeldSignals;
import io.prefork.launcher.sizing.MemorySize;
import io.prefork.launcher.supervisor.ExitCodes;

/**
 * The command line of the executable jar.
 */
@Command(name = "prefork", mixinStandardHelpOptions = true, versionProvider = Prefork.Version.class,
		description = "Runs a Spring Boot application as one master and several worker processes on one port.",
		synopsisSubcommandLabel = "COMMAND")
public final class Prefork {

	private Prefork() {
	}

	/**
	 * Run a command and exit with its exit code.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		if (args.length > 0 && args[0].equals(RunCommand.NAME)) {
			// As early as can be: the master handles them.
			HeldSignals.hold();
		}
		ConsoleLog.install();
		System.exit(commandLine().execute(args));
	}

	static CommandLine commandLine() {
		CommandLine commandLine = new CommandLine(new Prefork());
		commandLine.addSubcommand(ApplicationCommand.create(new RunCommand()));
		commandLine.addSubcommand(ApplicationCommand.create(new PrepareCommand()));
		Stream
			.of(new StatusCommand(), new TopCommand(), new ReloadCommand(), new ScaleCommand(), new RecycleCommand(),
					new StopCommand())
			.forEach(commandLine::addSubcommand);
		commandLine.addSubcommand(new CheckCommand());
		commandLine.addSubcommand(new SizeCommand());
		commandLine.addSubcommand(ApplicationCommand.create(new TuneCommand()));
		commandLine.addSubcommand(new GenerateCompletion());
		commandLine.registerConverter(Duration.class, Amounts::parseDuration);
		commandLine.registerConverter(MemorySize.class, MemorySize::parse);
		// An argument of the application may begin with @.
		commandLine.setExpandAtFiles(false);
		commandLine.getCommandSpec().exitCodeOnInvalidInput(ExitCodes.USAGE);
		commandLine.getSubcommands()
			.values()
			.forEach((subcommand) -> subcommand.getCommandSpec()
				.exitCodeOnInvalidInput(ExitCodes.USAGE)
				.exitCodeOnExecutionException(ExitCodes.INTERNAL_ERROR));
		return commandLine;
	}

	/**
	 * Reads the version from the jar's manifest.
	 */
	static final class Version implements IVersionProvider {

		@Override
		public String[] getVersion() {
			String version = Prefork.class.getPackage().getImplementationVersion();
			return new String[] { "prefork " + ((version != null) ? version : "(unpackaged)") };
		}

	}

}
