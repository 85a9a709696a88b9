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

import java.time.Instant;

/**
 * A master.
 *
 * @param pid its process id
 * @param startedAt when it was started
 * @param phase what the service is doing: booting, filling, running, paused, stopping or
 * stopped
 * @param generation the number of the generation that serves
 * @param workers how many workers there should be
 * @param ready how many slots have a ready worker
 * @param cpus how many CPUs the service has
 * @param reloads the reloads that it has ended
 */
public record MasterStatus(long pid, Instant startedAt, String phase, int generation, int workers, int ready, int cpus,
		ReloadTotals reloads) {

}
