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

package io.prefork.launcher.load;

/**
 * A fixed number of clients, each of which sends its next request when it has the answer
 * to the last: it finds out how much can be served, and nothing about latencies.
 *
 * @param clients the number of clients
 */
record ClosedPacing(int clients) implements Pacing {

	@Override
	public void begin(LoadRun run) {
		for (int client = 0; client < this.clients; client++) {
			run.due(System.nanoTime());
		}
	}

	@Override
	public void ended(LoadRun run) {
		if (!run.isOver()) {
			run.due(System.nanoTime());
		}
	}

}
