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

package io.prefork.boot.lifecycle;

import java.time.Duration;

/**
 * What a worker has to keep to.
 *
 * @param drainDelay the wait between "not ready" and "stop accepting"
 * @param gracefulTimeout the time to finish what is in flight
 * @param stallThreshold how long an event loop may be blocked before it is reported
 * @param requests what the worker asks itself before it is ready
 * @param connections the largest number of connections; 0 for any
 * @param slowStart how long it takes until the worker gets its full share of the
 * connections
 * @param servesOn whether to go on serving without a master, until a new one takes over
 */
public record WorkerSettings(Duration drainDelay, Duration gracefulTimeout, Duration stallThreshold,
		OwnRequests requests, int connections, Duration slowStart, boolean servesOn) {

}
