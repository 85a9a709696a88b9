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

package io.prefork.launcher.edge;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Owns the sockets that the service listens on. Only the master loop uses it.
 */
public interface ListenEdge extends AutoCloseable {

	/**
	 * Get the first socket of an address, binding it if this is the first request.
	 * @param address the address
	 * @return the descriptor of the socket, which stays the master's; it listens unless
	 * the port is only reserved
	 * @throws ListenException if the address can't be bound
	 */
	int obtain(ListenAddress address) throws ListenException;

	/**
	 * Get one of the sockets of an address, binding it and those before it where they are
	 * not there yet: the kernel numbers them in this order. As long as their number is
	 * fixed it is the last that is there.
	 * @param address the address, whose first socket is there
	 * @param number the number of the socket
	 * @return the descriptor of the listening socket, which stays the master's
	 * @throws ListenException if the socket can't be bound
	 */
	int obtain(ListenAddress address, int number) throws ListenException;

	/**
	 * Fix the number of sockets of each address, or release it: those that are bound
	 * after a new master got the others would end with this one, and with them what waits
	 * there.
	 * @param fixed whether it is fixed
	 */
	void fix(boolean fixed);

	/**
	 * Take over a listener from another process; if there is one for the address already
	 * this copy is closed.
	 * @param address what it was asked for with
	 * @param number its number among the sockets of that address
	 * @param descriptor the descriptor of the listening socket, from now on not the
	 * caller's
	 */
	void adopt(ListenAddress address, int number, int descriptor);

	/**
	 * The listeners that are open.
	 * @return their descriptors, which stay the master's, by address and number
	 */
	Map<ListenAddress, Map<Integer, Integer>> descriptors();

	/**
	 * The addresses that are bound, the true port in place of port 0.
	 * @return the addresses in the order in which they were asked for
	 */
	List<String> addresses();

	/**
	 * How many connections wait to be accepted.
	 * @return the number of each port, by address; without those of which the system does
	 * not tell it
	 */
	Map<String, Integer> waiting();

	/**
	 * Let new connections of an address go to its first sockets only, and to each as
	 * often as its weight says, as far as the kernel lets itself be told.
	 * @param address the address
	 * @param weights the weights of the first sockets, each at least 1
	 * @throws IOException if the kernel does not
	 */
	void steer(ListenAddress address, List<Integer> weights) throws IOException;

	/**
	 * Close listeners that nobody needs any more, those of the service manager apart.
	 * @param used the addresses of those that are needed
	 */
	void retain(Collection<ListenAddress> used);

	/**
	 * Say which sockets of the service manager nobody uses, and what to do about it.
	 * @return a warning for each, once as long as that does not change
	 */
	List<String> warnings();

	/**
	 * Close the master's side of all listeners. Connections in an accept queue are lost
	 * only if no worker has the listener open.
	 */
	void stop();

	/**
	 * The same, for good.
	 */
	@Override
	void close();

}
