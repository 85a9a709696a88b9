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
import java.nio.file.DirectoryIteratorException;

import io.netty.channel.unix.Errors.NativeIoException;

import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.TcpAddress;

/**
 * Explains why a port can't be bound, and what to do about it.
 */
final class BindFailure {

	private static final int ACCESS_DENIED = -13;

	private static final int TOO_MANY_FILES = -24;

	private static final int ADDRESS_IN_USE = -98;

	private static final int ADDRESS_NOT_AVAILABLE = -99;

	private BindFailure() {
	}

	/**
	 * Explain a failure.
	 * @param address what could not be bound
	 * @param cause the failure
	 * @param inherited the sockets of the service manager, which may have the port
	 * @return the explanation
	 */
	static ListenException explain(TcpAddress address, Throwable cause, SystemdSockets inherited) {
		int error = (cause instanceof NativeIoException nativeException) ? nativeException.expectedErr() : 0;
		String why = switch (error) {
			case ADDRESS_IN_USE -> inUse(address.port(), inherited);
			case ACCESS_DENIED -> "this user may not bind ports below 1024; choose a higher port, "
					+ "give the process CAP_NET_BIND_SERVICE, or lower net.ipv4.ip_unprivileged_port_start";
			case ADDRESS_NOT_AVAILABLE -> "no interface of this machine has that address; correct server.address";
			case TOO_MANY_FILES -> "the master has too few file descriptors; raise the limit (ulimit -n)";
			default -> String.valueOf(cause.getMessage());
		};
		return new ListenException("%s can't be bound: %s".formatted(address, why), cause);
	}

	private static String inUse(int port, SystemdSockets inherited) {
		String holders = inherited.holders(port);
		return holders.isEmpty()
				? "the port is in use%s; stop that process, or set server.port to another port".formatted(owner(port))
				: "the service manager has bound " + holders;
	}

	private static String owner(int port) {
		try {
			return " by " + PortOwner.of(port);
		}
		catch (IOException | DirectoryIteratorException ex) {
			return "";
		}
	}

}
