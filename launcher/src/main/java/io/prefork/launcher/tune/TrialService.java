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

package io.prefork.launcher.tune;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.prefork.contract.Setting;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.operator.OperatorConnection;
import io.prefork.launcher.operator.RunningMaster;
import io.prefork.launcher.operator.RunningMasters;
import io.prefork.launcher.process.TrialProcess;
import io.prefork.status.ProcessStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

/**
 * The application with the settings of a candidate, on a free port of the loopback
 * address.
 */
final class TrialService implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(5);

	private static final Duration INTERVAL = Duration.ofMillis(250);

	private static final String LOOPBACK = "127.0.0.1";

	private static final byte[] ADDRESS = { 127, 0, 0, 1 };

	private final TrialProcess process;

	private final OperatorConnection connection;

	private final InetSocketAddress address;

	private TrialService(TrialProcess process, OperatorConnection connection, InetSocketAddress address) {
		this.process = process;
		this.connection = connection;
		this.address = address;
	}

	/**
	 * Start it.
	 * @param application the command that starts the application
	 * @param candidate the settings
	 * @param directory an empty directory, for its run directory and its output
	 * @return the service, all workers of which are ready
	 * @throws TrialFailedException if they are not
	 * @throws IOException if the master is lost
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	static TrialService start(JavaCommand application, Candidate candidate, Path directory)
			throws TrialFailedException, IOException, InterruptedException {
		TrialProcess process = TrialProcess.start(command(application, candidate, directory),
				directory.resolve("output.log"));
		OperatorConnection connection = null;
		try {
			connection = connect(process, directory);
			return new TrialService(process, connection, awaitReady(process, connection));
		}
		catch (TrialFailedException | IOException | InterruptedException ex) {
			if (connection != null) {
				connection.close();
			}
			process.close();
			throw ex;
		}
	}

	InetSocketAddress address() {
		return this.address;
	}

	/**
	 * Ask for its state, and what its workers have of the machine.
	 * @return the state
	 * @throws IOException if the master is lost
	 */
	ServiceStatus status() throws IOException {
		return this.connection.status(true, false);
	}

	/**
	 * The memory that its workers have.
	 * @param status its state
	 * @return bytes, of shared pages the share of each process if the system tells
	 */
	static long memory(ServiceStatus status) {
		return status.workers()
			.stream()
			.map(WorkerStatus::process)
			.filter(Objects::nonNull)
			.map(ProcessStatus::usage)
			.filter(Objects::nonNull)
			.mapToLong(ProcessStatus.Usage::memory)
			.sum();
	}

	@Override
	public void close() throws IOException {
		this.connection.close();
		this.process.close();
	}

	private static JavaCommand command(JavaCommand application, Candidate candidate, Path directory) {
		List<String> arguments = new ArrayList<>(application.arguments());
		arguments.add("--server.address=" + LOOPBACK);
		arguments.add("--server.port=0");
		arguments.add("--%s=%s".formatted(Setting.RUN_DIR.property(), directory));
		// Nothing else is to be busy while it is measured.
		arguments.add("--%s=true".formatted(Setting.PRELOAD_WAIT.property()));
		arguments.addAll(candidate.arguments());
		return new JavaCommand(application.java(), application.options(), application.launch(), arguments,
				application.expanded());
	}

	private static OperatorConnection connect(TrialProcess process, Path directory)
			throws TrialFailedException, IOException, InterruptedException {
		long start = System.nanoTime();
		while (true) {
			List<RunningMaster> masters = RunningMasters.find(directory, Map.of());
			if (!masters.isEmpty()) {
				return OperatorConnection.to(masters.get(0).directory());
			}
			pause(process, start);
		}
	}

	private static InetSocketAddress awaitReady(TrialProcess process, OperatorConnection connection)
			throws TrialFailedException, IOException, InterruptedException {
		long start = System.nanoTime();
		while (true) {
			ServiceStatus status = connection.status(false, false);
			if (status.master().phase().equals("running") && status.master().ready() == status.master().workers()) {
				return address(status);
			}
			pause(process, start);
		}
	}

	private static InetSocketAddress address(ServiceStatus status) throws TrialFailedException, IOException {
		for (String address : status.listeners().stream().map((listener) -> listener.address()).toList()) {
			int colon = address.lastIndexOf(':');
			if (address.startsWith(LOOPBACK)) {
				return new InetSocketAddress(InetAddress.getByAddress(ADDRESS),
						Integer.parseInt(address.substring(colon + 1)));
			}
		}
		throw new TrialFailedException("it does not listen on %s: is prefork.bind set?".formatted(LOOPBACK));
	}

	private static void pause(TrialProcess process, long start) throws TrialFailedException, InterruptedException {
		if (process.hasEnded(INTERVAL)) {
			throw new TrialFailedException("the service has ended; it said last:\n" + process.lastWords());
		}
		if (System.nanoTime() - start > LIMIT.toNanos()) {
			throw new TrialFailedException("the service was not ready after %d minutes; it said last:\n%s"
				.formatted(LIMIT.toMinutes(), process.lastWords()));
		}
	}

}
