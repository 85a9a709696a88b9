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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Looks at TCP sockets from outside. See proc(5).
 */
public final class Sockets {

	private static final String ESTABLISHED = "01";

	private Sockets() {
	}

	/**
	 * Count the established connections of a local server, accepted or not.
	 * @param port the server's port
	 * @return the number of connections
	 */
	public static long established(int port) {
		String suffix = String.format(Locale.ROOT, ":%04X", port);
		return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
			.flatMap((table) -> lines(Path.of(table)))
			.map((line) -> List.of(line.strip().split("\\s+", -1)))
			.filter((columns) -> columns.get(1).endsWith(suffix) && columns.get(3).equals(ESTABLISHED))
			.count();
	}

	/**
	 * Whether nobody listens on a port.
	 * @param port the port
	 * @return {@code true} if a connection is refused
	 */
	public static boolean isRefused(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return !socket.isConnected();
		}
		catch (IOException ex) {
			return true;
		}
	}

	/**
	 * Find a port of the loopback address on which nobody listens.
	 * @return the port
	 * @throws IOException if there is none
	 */
	public static int freePort() throws IOException {
		try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return unused.getLocalPort();
		}
	}

	private static Stream<String> lines(Path table) {
		try {
			return Files.readAllLines(table).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
