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

package io.prefork.launcher.loop;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.prefork.launcher.edge.ListenAddress;

/**
 * Which generation has asked for which addresses. What a generation has asked for is
 * needed as long as it may serve, whoever of its workers lives just now.
 */
final class ListenerUsage {

	private final Map<Integer, Set<ListenAddress>> byGeneration = new LinkedHashMap<>();

	void add(int generation, ListenAddress address) {
		this.byGeneration.computeIfAbsent(generation, (number) -> new LinkedHashSet<>()).add(address);
	}

	/**
	 * Forget a generation that failed, or all others than the one that succeeded.
	 * @param generation the generation
	 * @param succeeded whether it serves from now on
	 */
	void reloaded(int generation, boolean succeeded) {
		this.byGeneration.keySet().removeIf((number) -> (number == generation) != succeeded);
	}

	/**
	 * The addresses that are needed.
	 * @return the addresses; none if it is not known yet
	 */
	Set<ListenAddress> needed() {
		Set<ListenAddress> needed = new LinkedHashSet<>();
		this.byGeneration.values().forEach(needed::addAll);
		return needed;
	}

}
