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
import java.util.List;

/**
 * What a worker asks itself before it is ready.
 *
 * @param probe the path of the request whose answer the master is told; empty for none
 * @param warmUp the paths that it is warmed up with; empty for none
 * @param warmUpLimit how long that may take
 */
public record OwnRequests(String probe, List<String> warmUp, Duration warmUpLimit) {

	/**
	 * No requests.
	 */
	public static final OwnRequests NONE = new OwnRequests("", List.of(), Duration.ZERO);

	public OwnRequests {
		warmUp = List.copyOf(warmUp);
	}

}
