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

package io.prefork.launcher.notify;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.ServiceManagerVariables;
import io.prefork.launcher.edge.NotifyEdge;

/**
 * The service manager that started this process, for instance systemd, and is told what
 * the service does by the protocol of sd_notify(3). If nobody wants to know, nothing is
 * done. Methods return at once and never fail. Not thread-safe: the master loop owns it.
 */
public final class ServiceManager implements NotifyEdge {

	private @Nullable NotifySocket socket;

	private final @Nullable Watchdog watchdog;

	private ServiceManager(@Nullable NotifySocket socket, @Nullable Watchdog watchdog) {
		this.socket = socket;
		this.watchdog = watchdog;
	}

	/**
	 * Find the service manager of this process.
	 * @param environment the environment variables
	 * @param pid this process
	 * @param warnings is told, on any thread, if the service manager can't be reached
	 * @return the service manager, which may be none
	 */
	public static ServiceManager from(Map<String, String> environment, long pid, Consumer<String> warnings) {
		String name = environment.getOrDefault(ServiceManagerVariables.NOTIFY_SOCKET, "");
		if (name.matches("[/@].+")) {
			return new ServiceManager(new NotifySocket(name, warnings), Watchdog.from(environment, pid));
		}
		if (!name.isEmpty()) {
			warnings.accept("NOTIFY_SOCKET=%s is neither a path nor an abstract name (@...): nobody is notified"
				.formatted(name));
		}
		return new ServiceManager(null, null);
	}

	@Override
	public void ready(String status) {
		send("READY=1", line(status));
	}

	@Override
	public void reloading(String status) {
		// On Linux, nanoTime is CLOCK_MONOTONIC, which the protocol asks for.
		long now = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
		send("RELOADING=1", "MONOTONIC_USEC=" + now, line(status));
	}

	@Override
	public void stopping(String status, Duration longest) {
		long micros = TimeUnit.MILLISECONDS.toMicros(longest.toMillis());
		send("STOPPING=1", "EXTEND_TIMEOUT_USEC=" + micros, line(status));
	}

	@Override
	public void status(String status) {
		send(line(status));
	}

	@Override
	public void mainPid(long pid) {
		send("MAINPID=" + pid);
		close();
	}

	@Override
	public @Nullable Duration signOfLife() {
		if (this.watchdog == null || this.socket == null) {
			return null;
		}
		long now = System.nanoTime();
		if (this.watchdog.isDue(now)) {
			send("WATCHDOG=1");
		}
		return this.watchdog.rest(now);
	}

	/**
	 * Wait a moment until everything is sent. Nothing is sent after this.
	 */
	@Override
	public void close() {
		if (this.socket != null) {
			this.socket.close();
			this.socket = null;
		}
	}

	private void send(String... assignments) {
		if (this.socket != null) {
			this.socket.send(String.join("\n", assignments));
		}
	}

	private static String line(String text) {
		return "STATUS=" + text.replaceAll("\\s+", " ");
	}

}
