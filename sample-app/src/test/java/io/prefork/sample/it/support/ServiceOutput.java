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

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.jspecify.annotations.Nullable;

/**
 * What a service says, and what follows from it; to wait for something ends as soon as
 * nobody is left who could say it.
 */
public abstract class ServiceOutput {

	static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration LAST_LINES = Duration.ofSeconds(2);

	private final OutputLog log;

	ServiceOutput(OutputLog log) {
		this.log = log;
	}

	/**
	 * Return whether the process that was started runs.
	 * @return whether it runs
	 */
	public abstract boolean isAlive();

	/**
	 * Describe the service as it is now, with the last of its output.
	 * @param problem what is wrong
	 * @return the description
	 */
	abstract String describe(String problem);

	final OutputLog log() {
		return this.log;
	}

	final void awaitAddresses() {
		awaitWhileAlive("the line that says that the service is ready", () -> WorkerLog.addresses(lines()).isPresent());
	}

	/**
	 * Return the port of the application, once it is ready.
	 * @return the port
	 */
	public int port() {
		return WorkerLog.port(addresses().get(0));
	}

	/**
	 * Return the addresses served, the application's first, once it is ready.
	 * @return addresses as the master prints them
	 */
	public List<String> addresses() {
		return WorkerLog.addresses(lines())
			.orElseThrow(() -> new IllegalStateException("Not ready, call awaitReady() first"));
	}

	public String url(String path) {
		return "http://127.0.0.1:" + port() + path;
	}

	/**
	 * Return the workers that have said that they serve and have not left since.
	 * @return pids by slot
	 */
	public SortedMap<Integer, Long> readyWorkers() {
		return WorkerLog.readyWorkers(lines());
	}

	/**
	 * Return how many workers the service should have.
	 * @return the number that the start or the last scaling said
	 */
	public int workers() {
		return WorkerLog.workers(lines());
	}

	/**
	 * Return the smallest number of workers that were ready at once since the service is.
	 * @return the number of workers
	 */
	public int fewestReady() {
		return WorkerLog.fewestReady(lines());
	}

	/**
	 * Return the largest number of workers whose processes were there at once.
	 * @return the number of workers, those that drain included
	 */
	public int mostAlive() {
		return WorkerLog.mostAlive(lines());
	}

	/**
	 * Wait until exactly these slots have a ready worker: 0 to the number given.
	 * @param workers the number of slots
	 */
	public void awaitReadySlots(int workers) {
		List<Integer> slots = IntStream.range(0, workers).boxed().toList();
		awaitWhileAlive("ready workers in the slots " + slots,
				() -> slots.equals(List.copyOf(readyWorkers().keySet())));
	}

	/**
	 * The process id of a slot's ready worker.
	 * @param slot the slot
	 * @return the process id
	 */
	public long readyWorker(int slot) {
		Long pid = readyWorkers().get(slot);
		if (pid == null) {
			throw new AssertionError("No worker is ready in slot " + slot + ": " + this);
		}
		return pid;
	}

	/**
	 * Wait until a slot has a ready worker with another pid than the one given.
	 * @param slot the slot
	 * @param otherThanPid the pid of its former worker, 0 for any
	 * @return the pid of the worker
	 */
	public long awaitWorkerReady(int slot, long otherThanPid) {
		awaitWhileAlive("a ready worker in slot " + slot + " other than " + otherThanPid,
				() -> readyWorkers().getOrDefault(slot, otherThanPid) != otherThanPid);
		return readyWorkers().getOrDefault(slot, otherThanPid);
	}

	public List<String> lines() {
		return this.log.lines();
	}

	public String output() {
		return String.join("\n", lines());
	}

	public String awaitLine(String text) {
		return awaitLine(Pattern.compile(Pattern.quote(text)));
	}

	public String awaitLine(Pattern pattern) {
		return awaitLine(0, pattern, TIMEOUT);
	}

	/**
	 * Wait for a line in which the pattern is found. Fails as soon as no process that
	 * could write it is left.
	 * @param from how many lines to skip, see {@link #lines()}
	 * @param pattern what to find
	 * @param timeout how long to wait
	 * @return the first such line
	 */
	public String awaitLine(int from, Pattern pattern, Duration timeout) {
		await("a line with " + pattern, timeout, this.log::isEnded, () -> find(from, pattern) != null);
		String line = find(from, pattern);
		return (line != null) ? line : "";
	}

	/**
	 * Wait for a line in which the pattern is found.
	 * @param from how many lines to skip, see {@link #lines()}
	 * @param pattern what to find
	 * @return the first such line
	 */
	public String awaitLine(int from, String pattern) {
		return awaitLine(from, Pattern.compile(pattern), TIMEOUT);
	}

	/**
	 * Wait until the pattern has been found in so many lines.
	 * @param pattern what to find
	 * @param count how often
	 */
	public void awaitLines(String pattern, int count) {
		Pattern compiled = Pattern.compile(pattern);
		await(count + " lines with " + pattern, TIMEOUT.multipliedBy(2), this.log::isEnded,
				() -> lines().stream().filter((line) -> compiled.matcher(line).find()).count() >= count);
	}

	final void awaitWhileAlive(String what, BooleanSupplier condition) {
		await(what, TIMEOUT, () -> !isAlive() && (this.log.isEnded() || this.log.silence() > LAST_LINES.toNanos()),
				condition);
	}

	final void await(String what, Duration timeout, BooleanSupplier hopeless, BooleanSupplier condition) {
		try {
			Awaitility.await()
				.atMost(timeout)
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(20))
				.pollInSameThread()
				.failFast(() -> hopeless.getAsBoolean() && !condition.getAsBoolean())
				.until(condition::getAsBoolean);
		}
		catch (ConditionTimeoutException | TerminalFailureException ex) {
			throw new AssertionError(describe("Waited in vain for " + what), ex);
		}
	}

	private @Nullable String find(int from, Pattern pattern) {
		return this.log.from(from).stream().filter((line) -> pattern.matcher(line).find()).findFirst().orElse(null);
	}

}
