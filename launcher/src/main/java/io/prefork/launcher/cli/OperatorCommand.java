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
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.prefork.launcher.operator.OperatorConnection;
import io.prefork.launcher.operator.RequestRejectedException;
import io.prefork.launcher.operator.RunningMaster;
import io.prefork.launcher.operator.RunningMasters;
import io.prefork.protocol.ProtocolException;
import io.prefork.status.ListenerStatus;

/**
 * A command for a master that runs.
 */
abstract class OperatorCommand implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = "--run-dir", paramLabel = "DIRECTORY",
			description = "Where the service has its run directory (prefork.run-dir); it is found if there is only one.")
	private @Nullable Path runDirectory;

	@Option(names = "--pid", paramLabel = "PID", description = "The process id of the master, if there are several.")
	private @Nullable String pid;

	@Override
	public Integer call() throws InterruptedException {
		List<RunningMaster> masters = find();
		if (masters.size() > 1) {
			masters = inCharge(masters);
		}
		if (masters.isEmpty()) {
			return withoutMaster(this.pid != null || this.runDirectory != null);
		}
		if (masters.size() > 1) {
			explain(masters);
			return CommandCodes.REFUSED;
		}
		try (OperatorConnection connection = OperatorConnection.to(masters.get(0).directory())) {
			return operate(connection);
		}
		catch (RequestRejectedException ex) {
			err().println(ex.getMessage());
			return CommandCodes.REFUSED;
		}
		catch (ProtocolException ex) {
			err().printf("The master with pid %s is of another version (%s): use the prefork of its application%n",
					masters.get(0).pid(), ex.getMessage());
			return CommandCodes.LOST;
		}
		catch (IOException ex) {
			err().printf("The master with pid %s: %s%n", masters.get(0).pid(), ex.getMessage());
			return CommandCodes.LOST;
		}
	}

	/**
	 * Do it.
	 * @param master the way to the master
	 * @return the exit code
	 * @throws IOException if the master is gone or does not answer
	 * @throws RequestRejectedException if the master does not do it
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	abstract int operate(OperatorConnection master) throws IOException, RequestRejectedException, InterruptedException;

	/**
	 * There is no master.
	 * @param named whether the command line says that there is one
	 * @return the exit code
	 */
	int withoutMaster(boolean named) {
		explain(List.of());
		return CommandCodes.REFUSED;
	}

	private List<RunningMaster> find() {
		return RunningMasters.find(this.runDirectory, System.getenv())
			.stream()
			.filter((master) -> this.pid == null || this.pid.equals(master.pid()))
			.toList();
	}

	final CommandSpec spec() {
		if (this.spec == null) {
			throw new IllegalStateException("picocli did not fill in the command");
		}
		return this.spec;
	}

	final PrintWriter out() {
		return spec().commandLine().getOut();
	}

	private PrintWriter err() {
		return spec().commandLine().getErr();
	}

	/**
	 * Leave out those that stop: while a master is replaced there are two.
	 * @param masters the masters
	 * @return those to operate
	 */
	private static List<RunningMaster> inCharge(List<RunningMaster> masters) {
		List<RunningMaster> inCharge = new ArrayList<>();
		for (RunningMaster master : masters) {
			try (OperatorConnection connection = OperatorConnection.to(master.directory())) {
				if (!connection.status(false, false).master().phase().startsWith("stop")) {
					inCharge.add(master);
				}
			}
			catch (IOException ex) {
				// It has stopped, or is nobody's that may be asked.
			}
		}
		return inCharge.isEmpty() ? masters : inCharge;
	}

	private static String addresses(RunningMaster master) {
		try (OperatorConnection connection = OperatorConnection.to(master.directory())) {
			return connection.status(false, false)
				.listeners()
				.stream()
				.map(ListenerStatus::address)
				.collect(Collectors.joining(","));
		}
		catch (IOException ex) {
			return "(%s)".formatted(ex.getMessage());
		}
	}

	private void explain(List<RunningMaster> masters) {
		if (!masters.isEmpty()) {
			err().println("There are several masters; say which one with --pid or --run-dir:");
			masters.forEach((master) -> err().printf("  --pid %s  %s  %s%n", master.pid(), addresses(master),
					master.directory()));
		}
		else {
			err().println("There is no running master%s%s that this user may operate.".formatted(
					(this.pid != null) ? " with pid " + this.pid : "",
					(this.runDirectory != null) ? " in " + this.runDirectory : ""));
			err().println("Is the service another user's, in another container, or is prefork.run-dir set? "
					+ "Then say so with sudo -u, in there, or with --run-dir.");
		}
	}

}
