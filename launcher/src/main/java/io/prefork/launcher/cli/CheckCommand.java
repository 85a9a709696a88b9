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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.prefork.launcher.Launcher;
import io.prefork.launcher.check.ApplicationChecks;
import io.prefork.launcher.check.CheckedService;
import io.prefork.launcher.check.DirectoryChecks;
import io.prefork.launcher.check.Finding;
import io.prefork.launcher.check.MachineChecks;
import io.prefork.launcher.check.StatusChecks;
import io.prefork.launcher.check.SystemFiles;
import io.prefork.launcher.config.MasterSettings;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.operator.OperatorConnection;
import io.prefork.status.ServiceStatus;

/**
 * {@code prefork check}: say what is wrong with machine and settings.
 */
@Command(name = "check", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Say what is wrong with the machine, and with the settings of an application or with a service "
				+ "that runs, and what to do about it.",
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:there is no warning", "1:there is no such application or master", "2:there is a warning" },
		footer = { "", "Examples:", "  prefork check",
				"  prefork check app.jar -- --spring.profiles.active=production" })
final class CheckCommand extends OperatorCommand {

	@Parameters(index = "0", arity = "0..1", paramLabel = "APP.jar",
			description = "The application's executable jar; without one, the service that runs is looked at.")
	private @Nullable Path jar;

	@Parameters(index = "1..*", paramLabel = "-- ARGUMENT", description = "Arguments of the application.")
	private List<String> arguments = new ArrayList<>();

	@Option(names = "--json", description = "Write it for programs.")
	private boolean json;

	@Override
	public Integer call() throws InterruptedException {
		if (this.jar != null) {
			return check(this.jar, List.of(), this.arguments, this.json, spec().commandLine());
		}
		return super.call();
	}

	@Override
	int withoutMaster(boolean named) {
		return named ? super.withoutMaster(true) : FindingsReport
			.print(MachineChecks.findings(CheckedService.ANY, SystemFiles.current()), this.json, out());
	}

	@Override
	int operate(OperatorConnection master) throws IOException {
		ServiceStatus status = master.status(true, false);
		List<Finding> findings = new ArrayList<>(
				MachineChecks.findings(CheckedService.of(status), SystemFiles.current()));
		findings.addAll(StatusChecks.findings(status));
		findings.addAll(DirectoryChecks.findings(master.directory()));
		return FindingsReport.print(findings, this.json, out());
	}

	/**
	 * Check an application.
	 * @param jar its jar
	 * @param options options of the JVM for it
	 * @param arguments its arguments
	 * @param json whether the result is for a program
	 * @param commandLine where to print it
	 * @return the exit code
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	static int check(Path jar, List<String> options, List<String> arguments, boolean json, CommandLine commandLine)
			throws InterruptedException {
		try {
			MasterSettings settings = Launcher.describe(jar, options, arguments);
			return FindingsReport.print(ApplicationChecks.findings(settings, System.getenv(), SystemFiles.current()),
					json, commandLine.getOut());
		}
		catch (StartupException | IllegalArgumentException ex) {
			commandLine.getErr().println(ex.getMessage());
			return CommandCodes.REFUSED;
		}
	}

}
