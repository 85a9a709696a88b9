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

import java.time.Duration;
import java.time.Instant;

/**
 * What a worker said about its work, once a second or so.
 *
 * @param at when the master heard it
 * @param requests requests and WebSocket messages since its start
 * @param errors answers with a status of 500 or more since its start
 * @param active requests in progress
 * @param connections open connections
 * @param loopLag the longest time that a task of an event loop had to wait of late
 * @param heap the used heap in bytes
 */
public record LoadStatus(Instant at, long requests, long errors, int active, int connections, Duration loopLag,
		long heap) {

}
