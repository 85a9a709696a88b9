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

package io.prefork.launcher.distribution;

import io.prefork.launcher.listen.ListenAddress;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.Distribution;

/**
 * Brings connections to the workers that accept. The master loop owns it.
 */
public interface ConnectionDistribution extends AutoCloseable {

	/**
	 * What workers are told about it.
	 * @param address the address of a listener
	 * @return how its connections are distributed
	 */
	Distribution kind(ListenAddress address);

	/**
	 * A worker has got a listener, from which it does not accept yet.
	 * @param id the worker
	 * @param request its request for the listener
	 * @param address what it asked for
	 */
	default void listening(WorkerId id, int request, ListenAddress address) {
	}

	/**
	 * A worker accepts.
	 * @param id the worker
	 * @param slot the slot in which it serves
	 */
	default void accepting(WorkerId id, int slot) {
	}

	/**
	 * A worker is about to stop accepting.
	 * @param id the worker
	 */
	default void leaving(WorkerId id) {
	}

	/**
	 * A worker wants no more connections to be passed to it.
	 * @param id the worker
	 */
	default void enough(WorkerId id) {
	}

	/**
	 * A worker's process has ended.
	 * @param id the worker
	 */
	default void gone(WorkerId id) {
	}

	/**
	 * Leave it to the workers to serve what they have: the service stops.
	 */
	@Override
	default void close() {
	}

}
