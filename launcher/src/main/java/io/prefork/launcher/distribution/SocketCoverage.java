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

package io.prefork.launcher.distribution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who accepts from which of the sockets of one address. Each slot has a socket of its
 * own; that of a slot without a worker that is well is served by a neighbour, so that no
 * connection waits in vain.
 */
final class SocketCoverage {

	private SocketCoverage() {
	}

	/**
	 * Assign every socket to one worker.
	 * @param sockets the numbers of the sockets
	 * @param servers the workers that accept, in the order in which they began to
	 * @param <W> how workers are told apart
	 * @return who accepts from which socket; nothing if nobody accepts
	 */
	static <W> Map<Integer, W> assign(Collection<Integer> sockets, List<Server<W>> servers) {
		Map<Integer, W> owners = new TreeMap<>();
		List<Server<W>> well = servers.stream()
			.filter(Server::isWell)
			.sorted(Comparator.comparingInt(Server::slot))
			.toList();
		List<Server<W>> able = well.isEmpty() ? servers : well;
		if (able.isEmpty()) {
			return owners;
		}
		List<Integer> left = new ArrayList<>();
		for (int number : sockets) {
			able.stream()
				.filter((server) -> server.slot() == number)
				.reduce((earlier, later) -> later)
				.ifPresentOrElse((server) -> owners.put(number, server.worker()), () -> left.add(number));
		}
		for (int i = 0; i < left.size(); i++) {
			owners.put(left.get(i), able.get(i % able.size()).worker());
		}
		return owners;
	}

	/**
	 * A worker that accepts.
	 *
	 * @param worker the worker
	 * @param <W> how workers are told apart
	 * @param slot the slot in which it serves
	 * @param isWell whether it takes connections without delay
	 */
	record Server<W>(W worker, int slot, boolean isWell) {

	}

}
