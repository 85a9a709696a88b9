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

package io.prefork.launcher.supervisor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The workers that have left a seat. Immutable.
 *
 * @param latest the last of them, oldest first
 * @param counts how many there were, by reason
 */
public record Departures(List<Departure> latest, Map<Reason, Integer> counts) {

	static final Departures NONE = new Departures(List.of(), Map.of());

	private static final int LATEST = 20;

	public Departures {
		latest = List.copyOf(latest);
		counts = Map.copyOf(counts);
	}

	Departures with(Departure departure) {
		List<Departure> latest = new ArrayList<>(this.latest);
		latest.add(departure);
		Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
		counts.putAll(this.counts);
		counts.merge(departure.reason(), 1, Integer::sum);
		return new Departures(latest.subList(Math.max(0, latest.size() - LATEST), latest.size()), counts);
	}

}
