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

package io.prefork.launcher.listen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.ServiceManagerVariables;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.edge.TcpAddress;
import io.prefork.launcher.supervisor.ExitCodes;

/**
 * A listening socket that the service manager has bound before it started this process,
 * see sd_listen_fds(3).
 *
 * @param descriptor its descriptor
 * @param name the name that the service manager has for it
 * @param address where it listens
 */
public record InheritedSocket(int descriptor, String name, InetSocketAddress address) {

	private static final int FIRST_DESCRIPTOR = 3;

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	// Constants of socket(7) and socket(2); they are the same on x86-64 and aarch64.
	private static final int SOL_SOCKET = 1;

	private static final int SO_TYPE = 3;

	private static final int SO_ACCEPTCONN = 30;

	private static final int SO_DOMAIN = 39;

	private static final int SOCK_STREAM = 1;

	private static final int AF_INET = 2;

	private static final int AF_INET6 = 10;

	/**
	 * Find the sockets that were passed to this process.
	 * @param environment the environment variables
	 * @param pid this process
	 * @param warnings is told if there are some, but for another process
	 * @return the sockets, in order
	 * @throws StartupException if what was passed can't be a listener
	 */
	public static List<InheritedSocket> from(Map<String, String> environment, long pid, Consumer<String> warnings) {
		String process = environment.get(ServiceManagerVariables.LISTEN_PID);
		String count = environment.get(ServiceManagerVariables.LISTEN_FDS);
		if (process == null || count == null) {
			return List.of();
		}
		if (!process.equals(Long.toString(pid))) {
			warnings
				.accept(("the service manager passed sockets to process %s, and this is process %d, so they are not "
						+ "used; let the service start java itself, or by exec at the end of a script")
					.formatted(process, pid));
			return List.of();
		}
		if (!count.matches("\\d{1,6}")) {
			throw new StartupException(ExitCodes.USAGE,
					"LISTEN_FDS is \"%s\", not a number of sockets".formatted(count));
		}
		List<String> names = List
			.of(environment.getOrDefault(ServiceManagerVariables.LISTEN_FDNAMES, "").split(":", -1));
		List<InheritedSocket> sockets = new ArrayList<>();
		for (int i = 0; i < Integer.parseInt(count); i++) {
			sockets.add(of(FIRST_DESCRIPTOR + i, (i < names.size()) ? names.get(i) : ""));
		}
		return sockets;
	}

	/**
	 * Examine a descriptor.
	 * @param descriptor the descriptor
	 * @param name the name that the service manager has for it
	 * @return the socket
	 * @throws StartupException if the descriptor can't be a listener
	 */
	static InheritedSocket of(int descriptor, String name) {
		try {
			String file = Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(descriptor))).toString();
			if (!file.startsWith("socket:")) {
				throw unusable(descriptor, name, "it is " + file, null);
			}
			Epoll.ensureAvailability();
			Socket socket = new Socket(descriptor);
			int domain = socket.getIntOpt(SOL_SOCKET, SO_DOMAIN);
			if ((domain != AF_INET && domain != AF_INET6) || socket.getIntOpt(SOL_SOCKET, SO_TYPE) != SOCK_STREAM) {
				throw unusable(descriptor, name, "it is not a TCP socket", null);
			}
			if (socket.getIntOpt(SOL_SOCKET, SO_ACCEPTCONN) == 0) {
				throw unusable(descriptor, name, "it does not listen", null);
			}
			return new InheritedSocket(descriptor, name, socket.localAddress());
		}
		catch (IOException ex) {
			throw unusable(descriptor, name, "it is not open", ex);
		}
	}

	/**
	 * Whether this is the listener that a worker asks for.
	 * @param wanted what the worker asks for
	 * @return {@code true} if the port is the same and the host too; the wildcards of
	 * IPv4 and IPv6 are the same host
	 */
	boolean serves(TcpAddress wanted) {
		InetAddress host = wanted.toSocketAddress().getAddress();
		boolean everywhere = host.isAnyLocalAddress() && this.address.getAddress().isAnyLocalAddress();
		return wanted.port() == this.address.getPort() && wanted.occurrence() == 0
				&& (everywhere || host.equals(this.address.getAddress()));
	}

	/**
	 * The properties with which an application asks for this socket.
	 * @return the properties
	 */
	String properties() {
		String port = "server.port=%d".formatted(this.address.getPort());
		return this.address.getAddress().isAnyLocalAddress() ? port
				: "%s and server.address=%s".formatted(port, this.address.getAddress().getHostAddress());
	}

	@Override
	public String toString() {
		return BoundAddress.format(this.address) + (this.name.isEmpty() ? "" : " (" + this.name + ")");
	}

	private static StartupException unusable(int descriptor, String name, String why, @Nullable Throwable cause) {
		return new StartupException(ExitCodes.USAGE,
				("The service manager passed descriptor %d%s as a socket to accept connections from, but %s; the socket "
						+ "unit needs ListenStream= with a port (and an address), and Accept=no")
					.formatted(descriptor, name.isEmpty() ? "" : " (" + name + ")", why),
				cause);
	}

}
