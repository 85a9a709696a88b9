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

package io.prefork.boot.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service under test: a master and its workers. Thread-safe.
 */
public final class TestedService implements AutoCloseable {

	private static final Pattern READY = Pattern.compile("ready address=(?:\\S+,)?[^ ,]*:(\\d+) workers=");

	private static final Pattern WORKER_READY = Pattern.compile("worker=(\\d+) gen=\\d+ pid=(\\d+) ready");

	private static final Pattern RELOADED = Pattern.compile("reload gen=\\d+ (succeeded|rolled back.*)");

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private final Process process;

	private final ServiceOutput output;

	private final int port;

	private TestedService(Process process, ServiceOutput output) {
		this.process = process;
		this.output = output;
		this.port = Integer.parseInt(await(0, READY).group(1));
	}

	static TestedService start(Class<?> application, PreforkTest test) {
		List<String> command = new ArrayList<>();
		command.add(ProcessHandle.current().info().command().orElse("java"));
		command.add("-cp");
		// Surefire's own class path may be one jar that names the others.
		command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
		command.add(application.getName());
		arguments(test).forEach((name, value) -> command.add("--%s=%s".formatted(name, value)));
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			ServiceOutput output = ServiceOutput.of(process);
			try {
				return new TestedService(process, output);
			}
			catch (RuntimeException | Error ex) {
				end(process, Duration.ZERO);
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The address of something that the service serves.
	 * @param path the path, with a slash at its beginning
	 * @return the address
	 */
	public URI uri(String path) {
		return URI.create("http://127.0.0.1:%d%s".formatted(this.port, path));
	}

	/**
	 * The port of the service.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * The process id of the master.
	 * @return the process id
	 */
	public long pid() {
		return this.process.pid();
	}

	/**
	 * The workers that got ready last.
	 * @return their process ids by slot
	 */
	public SortedMap<Integer, Long> workers() {
		SortedMap<Integer, Long> workers = new TreeMap<>();
		for (String line : this.output.lines()) {
			Matcher ready = WORKER_READY.matcher(line);
			if (ready.find()) {
				workers.put(Integer.parseInt(ready.group(1)), Long.parseLong(ready.group(2)));
			}
		}
		return workers;
	}

	/**
	 * Kill the worker of a slot, as {@code kill -9} does, and wait until another one is
	 * ready.
	 * @param slot the slot
	 * @throws IllegalArgumentException if nobody serves there
	 */
	public void kill(int slot) {
		Long pid = workers().get(slot);
		if (pid == null) {
			throw new IllegalArgumentException("There is no worker in slot %d".formatted(slot));
		}
		int from = this.output.size();
		ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
		await(from, Pattern.compile("worker=%d gen=\\d+ pid=\\d+ ready".formatted(slot)));
	}

	/**
	 * Reload, and wait for the end.
	 * @throws AssertionError if the reload was rolled back; with the reason
	 */
	public void reload() {
		int from = this.output.size();
		signal("HUP");
		String verdict = await(from, RELOADED).group(1);
		if (!verdict.equals("succeeded")) {
			throw new AssertionError("The reload was " + verdict);
		}
	}

	/**
	 * Send a signal to the master.
	 * @param name the name of the signal, without {@code SIG}
	 */
	public void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What the service has written so far, standard error included.
	 * @return the lines
	 */
	public List<String> output() {
		return this.output.lines();
	}

	@Override
	public void close() {
		end(this.process, LIMIT);
	}

	/**
	 * Wait for a line.
	 * @param from the number of lines to leave out
	 * @param pattern what has to be found in it
	 * @return what was found
	 * @throws AssertionError if it does not come, with what has come
	 */
	private Matcher await(int from, Pattern pattern) {
		Matcher found = this.output.await(from, pattern, LIMIT);
		if (found == null) {
			throw new AssertionError("There is no line with '%s' in what the service says:%n%s".formatted(pattern,
					String.join(System.lineSeparator(), this.output.lines())));
		}
		return found;
	}

	/**
	 * What the user wants, and otherwise what is good for a short life. Each name once: a
	 * property that is given twice would have both values.
	 * @param test the user's test
	 * @return the values by name
	 */
	private static Map<String, String> arguments(PreforkTest test) {
		Map<String, String> arguments = new LinkedHashMap<>(Map.of("prefork.enabled", "true", "prefork.snapshot",
				"false", "prefork.preload.enabled", "false", "prefork.reload.canary", "0s", "server.port", "0"));
		arguments.put("prefork.workers", Integer.toString(test.workers()));
		for (String property : test.properties()) {
			int equals = property.indexOf('=');
			if (equals < 1) {
				throw new IllegalArgumentException("'%s' is not of the form name=value".formatted(property));
			}
			arguments.put(property.substring(0, equals), property.substring(equals + 1));
		}
		return arguments;
	}

	private static void end(Process process, Duration patience) {
		List<ProcessHandle> workers = process.descendants().toList();
		process.destroy();
		try {
			process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		process.destroyForcibly();
		workers.forEach(ProcessHandle::destroyForcibly);
	}

}
