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

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Listeners without sockets; the descriptor of each is a number.
 */
public final class FakeListeners implements ListenEdge {

	private final Map<ListenAddress, Map<Integer, Integer>> open = new LinkedHashMap<>();

	private final List<String> warnings = new ArrayList<>();

	private @Nullable String failure;

	private int lastDescriptor = 10;

	private int stops;

	private int closes;

	private boolean fixed;

	private List<Integer> weights = List.of();

	/**
	 * Let nothing be bound from now on.
	 * @param message why
	 */
	public void fail(String message) {
		this.failure = message;
	}

	@Override
	public int obtain(ListenAddress address) throws ListenException {
		return obtain(address, 0);
	}

	@Override
	public int obtain(ListenAddress address, int number) throws ListenException {
		if (this.failure != null) {
			throw new ListenException(this.failure);
		}
		Map<Integer, Integer> sockets = this.open.computeIfAbsent(address, (key) -> new LinkedHashMap<>());
		for (int i = 0; i <= number; i++) {
			sockets.computeIfAbsent(i, (key) -> ++this.lastDescriptor);
		}
		return sockets.getOrDefault(number, -1);
	}

	@Override
	public void fix(boolean fixed) {
		this.fixed = fixed;
	}

	/**
	 * Whether the number of sockets is fixed.
	 * @return {@code true} if so
	 */
	public boolean isFixed() {
		return this.fixed;
	}

	@Override
	public void adopt(ListenAddress address, int number, int descriptor) {
		this.open.computeIfAbsent(address, (key) -> new LinkedHashMap<>()).put(number, descriptor);
	}

	@Override
	public Map<ListenAddress, Map<Integer, Integer>> descriptors() {
		return this.open;
	}

	@Override
	public Map<String, Integer> waiting() {
		return this.open.keySet().stream().collect(Collectors.toMap(ListenAddress::toString, (address) -> 7));
	}

	@Override
	public List<String> addresses() {
		return this.open.keySet().stream().map(ListenAddress::toString).toList();
	}

	@Override
	public void steer(ListenAddress address, List<Integer> weights) {
		this.weights = weights;
	}

	/**
	 * How new connections were steered last.
	 * @return the weights of the first sockets
	 */
	public List<Integer> weights() {
		return this.weights;
	}

	@Override
	public void retain(Collection<ListenAddress> used) {
		this.open.keySet().retainAll(used);
	}

	@Override
	public List<String> warnings() {
		return this.warnings;
	}

	@Override
	public void stop() {
		this.stops++;
	}

	@Override
	public void close() {
		this.closes++;
	}

	public int stops() {
		return this.stops;
	}

	public int closes() {
		return this.closes;
	}

}
