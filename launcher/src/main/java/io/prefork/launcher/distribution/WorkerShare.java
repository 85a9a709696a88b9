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

import io.prefork.launcher.edge.ListenAddress;

/**
 * One worker's share of the connections.
 */
public interface WorkerShare {

	/**
	 * The worker has got a listener, from which it does not accept yet.
	 * @param request its request for the listener
	 * @param address what it asked for
	 */
	default void listening(int request, ListenAddress address) {
	}

	/**
	 * The worker accepts.
	 * @param slot the slot in which it serves
	 */
	default void accepting(int slot) {
	}

	/**
	 * The worker has been heard.
	 */
	default void heard() {
	}

	/**
	 * The worker is about to stop accepting.
	 */
	default void leaving() {
	}

	/**
	 * The worker wants no more connections to be passed to it.
	 */
	default void stopDispatch() {
	}

	/**
	 * The worker's process has ended.
	 */
	default void gone() {
	}

}
