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

package io.prefork.status;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The state of a service at one moment.
 *
 * @param master the master
 * @param workers the workers in their slots, by slot and incarnation; a slot without any
 * process has an entry as well
 * @param spares the workers in waiting
 * @param listeners the ports on which the service listens; without Unix domain sockets
 * and ports that workers bind themselves, of which the system tells nothing
 * @param reload the reload under way, or the last one; {@code null} if there was none
 * @param history what happened last, the oldest first
 * @param hints what was found in the application that several processes change
 * @param settings the values in force of the generation that serves, by names without
 * {@code prefork.}; options of JVMs are not told, as they may be secrets
 */
public record ServiceStatus(MasterStatus master, List<WorkerStatus> workers, List<WorkerStatus> spares,
		List<ListenerStatus> listeners, @Nullable ReloadStatus reload, List<HistoryEntry> history, List<Hint> hints,
		Map<String, String> settings) {

	public ServiceStatus {
		workers = List.copyOf(workers);
		spares = List.copyOf(spares);
		listeners = List.copyOf(listeners);
		history = List.copyOf(history);
		hints = List.copyOf(hints);
		settings = Map.copyOf(settings);
	}

}
