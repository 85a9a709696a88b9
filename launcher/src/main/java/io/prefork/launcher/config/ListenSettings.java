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

package io.prefork.launcher.config;

import io.prefork.contract.DispatchStrategy;
import io.prefork.contract.Distribution;
import io.prefork.contract.Setting;

/**
 * How connections come to the service and to its workers.
 *
 * @param backlog the length of the accept queue
 * @param distribution how connections reach the workers
 * @param dispatchStrategy which worker gets the next connection if the master accepts
 * @param workerConnections the largest number of connections of a worker; 0 for any
 */
public record ListenSettings(int backlog, Distribution distribution, DispatchStrategy dispatchStrategy,
		int workerConnections) {

	static ListenSettings from(Values values) {
		return new ListenSettings(values.count(Setting.BACKLOG),
				values.constant(Setting.DISTRIBUTION, Distribution.class),
				values.constant(Setting.DISPATCH_STRATEGY, DispatchStrategy.class),
				values.count(Setting.WORKER_CONNECTIONS));
	}

	/**
	 * Whether the master works for each connection, which a small JVM should not.
	 * @return {@code true} if it hands them out itself
	 */
	public boolean keepsMasterBusy() {
		return this.distribution == Distribution.DISPATCH;
	}

}
