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

package io.prefork.sample.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

/**
 * A master and its workers as real processes, observed from outside.
 */
public final class PreforkService extends ServiceOutput implements AutoCloseable {

	private static final Duration LAST_WORDS = Duration.ofSeconds(1);

	private final List<String> command;

	private final Process process;

	private final Family family;

	private final boolean ownSession;

	PreforkService(List<String> command, Process process, InputStream output, Family family, boolean ownSession) {
		super(new OutputLog(output, (line) -> observe(line, family)));
		this.command = command;
		this.process = process;
		this.family = family;
		this.ownSession = ownSession;
		this.family.add(process.toHandle());
	}

	public static PreforkServiceBuilder builder() {
		return new PreforkServiceBuilder();
	}

	/**
	 * Return the pid of the process that was started.
	 * @return the pid of the master
	 */
	public long pid() {
		return this.process.pid();
	}

	@Override
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Wait until the master says that the service is ready.
	 * @return this
	 */
	public PreforkService awaitReady() {
		awaitAddresses();
		return this;
	}

	/**
	 * Return the pids of all processes below the master.
	 * @return the pids
	 */
	public SortedSet<Long> descendants() {
		SortedSet<Long> pids = new TreeSet<>();
		this.process.descendants().filter(Family::isRunning).forEach((child) -> pids.add(child.pid()));
		return pids;
	}

	/**
	 * Return what a process was started with. See proc(5).
	 * @param pid the process
	 * @return program and arguments
	 */
	public List<String> commandLine(long pid) {
		return List.of(Family.read(pid, "cmdline").split("\0", -1));
	}

	/**
	 * Return which environment variables a process was started with. See proc(5).
	 * @param pid the process
	 * @return the names; none if it is gone
	 */
	public Set<String> environment(long pid) {
		return Pattern.compile("\0")
			.splitAsStream(Family.read(pid, "environ"))
			.map((variable) -> variable.substring(0, Math.max(0, variable.indexOf('='))))
			.collect(Collectors.toSet());
	}

	/**
	 * Return what a process has mapped into its memory. See proc(5).
	 * @param pid the process
	 * @return the lines; empty if it is gone
	 */
	public String mapped(long pid) {
		return Family.read(pid, "maps");
	}

	/**
	 * Count the open file descriptors of the master. See proc(5).
	 * @return the number of descriptors
	 */
	public int openDescriptors() {
		return Family.count(pid(), "fd");
	}

	public int threads() {
		return Family.count(pid(), "task");
	}

	/**
	 * Wait until the master has no thread of a name. See proc_tid_comm(5).
	 * @param name the name, of 15 characters at most
	 */
	public void awaitNoThread(String name) {
		awaitWhileAlive("no thread " + name, () -> !Family.threads(pid()).contains(name));
	}

	/**
	 * Wait until the master has exactly so many processes below it.
	 * @param processes the number of processes
	 */
	public void awaitProcesses(int processes) {
		awaitWhileAlive(processes + " processes below the master", () -> descendants().size() == processes);
	}

	/**
	 * Wait until nobody listens on a port any more.
	 * @param port the port
	 */
	public void awaitRefused(int port) {
		awaitWhileAlive("port " + port + " closed", () -> Sockets.isRefused(port));
	}

	/**
	 * Send a signal to the master.
	 * @param signal the name of the signal without SIG
	 * @return the number of lines at that moment, to wait for what follows
	 */
	public int signal(String signal) {
		int from = lines().size();
		signal(pid(), signal);
		return from;
	}

	/**
	 * Reload and wait for the end of it.
	 * @param verdict a pattern for what is said of the reload, such as "succeeded"
	 * @return the line with the verdict
	 */
	public String reload(String verdict) {
		int from = signal("HUP");
		return awaitLine(from, "reload gen=\\d+ " + verdict);
	}

	public void terminate() {
		signal(pid(), "TERM");
	}

	/**
	 * Send a signal to the master's process group, as a terminal does for Ctrl-C.
	 * @param signal the name of the signal without SIG
	 */
	public void signalGroup(String signal) {
		if (!this.ownSession) {
			throw new IllegalStateException("Would hit this JVM as well: build the service with ownSession()");
		}
		signal(-pid(), signal);
	}

	/**
	 * Send a signal to a process, or to a process group if the number is negative. When a
	 * process is to stop, its threads stop one by one: wait for the last of them, which
	 * could accept a connection until then.
	 * @param pid the process
	 * @param signal the name of the signal without SIG
	 */
	public static void signal(long pid, String signal) {
		if (pid == 0 || pid == 1 || pid == -1) {
			throw new IllegalArgumentException("Not a process of a test: " + pid);
		}
		try {
			Process kill = new ProcessBuilder("/bin/kill", "-" + signal, "--", Long.toString(pid))
				.redirectErrorStream(true)
				.start();
			String output = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (kill.waitFor() != 0) {
				throw new IllegalStateException("kill -" + signal + " " + pid + " failed: " + output);
			}
			if (signal.equals("STOP") && pid > 0) {
				Awaitility.await("stopping " + pid).atMost(TIMEOUT).until(() -> Family.isStopped(pid));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	public int awaitExit() {
		return awaitExit(TIMEOUT);
	}

	/**
	 * Wait for the end of the master.
	 * @param timeout how long to wait
	 * @return its exit code, 128 + n if signal n killed it
	 */
	public int awaitExit(Duration timeout) {
		try {
			if (!this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError(describe("The master did not exit in " + timeout));
			}
			log().awaitEnd(LAST_WORDS);
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/**
	 * Wait until every process that ever belonged to the service is gone.
	 */
	public void awaitNoProcessLeft() {
		await("no process left", TIMEOUT, () -> false, () -> this.family.running().isEmpty());
	}

	/**
	 * Kill what is left of the service, the master first, and wait until all is gone.
	 */
	@Override
	public void close() {
		this.process.destroyForcibly();
		await("no process left after KILL", TIMEOUT, () -> false, () -> {
			List<ProcessHandle> left = this.family.running();
			left.forEach(ProcessHandle::destroyForcibly);
			return left.isEmpty() && !this.process.isAlive();
		});
	}

	@Override
	public String toString() {
		return "pid " + pid() + ": " + String.join(" ", this.command);
	}

	private static void observe(String line, Family family) {
		if (WorkerLog.isAboutProcess(line)) {
			family.scan();
		}
	}

	@Override
	String describe(String problem) {
		String state = (isAlive() ? "alive" : "gone with exit code " + this.process.exitValue());
		List<Long> running = this.family.running().stream().map(ProcessHandle::pid).toList();
		return "%s%nof %s%nmaster %s, running processes %s, last lines:%n%s".formatted(problem, this, state, running,
				log().tail(60));
	}

	private static IllegalStateException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new IllegalStateException("Interrupted while waiting for a process", ex);
	}

}
