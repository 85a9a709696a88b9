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

package io.prefork.boot.control;

import io.netty.channel.unix.FileDescriptor;

/**
 * Takes the sockets that the master sends without being asked. Called on threads that
 * must not block.
 */
public interface SocketHandler {

	/**
	 * Accept from one more socket.
	 * @param request the request for the listener to which the socket belongs
	 * @param number the number of the socket among those of that listener
	 * @param socket the socket's descriptor, from now on not the caller's
	 */
	void assignSocket(int request, int number, FileDescriptor socket);

	/**
	 * Let a socket go.
	 * @param request the request for the listener to which the socket belongs
	 * @param number the number of the socket among those of that listener
	 */
	void revokeSocket(int request, int number);

	/**
	 * Serve a connection that the master has accepted.
	 * @param connection the connection's descriptor, from now on not the caller's
	 */
	void serve(FileDescriptor connection);

}
