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

package io.prefork.protocol;

import java.util.List;

/**
 * What a process that holds listeners says to the master that is to take them over.
 */
public sealed interface FromPredecessor extends Message {

	/**
	 * A predecessor wants to hand over its listeners.
	 *
	 * @param listeners what the listeners were asked for with, in the order in which
	 * their descriptors will come
	 */
	@FrameType(16)
	record Handover(List<FromWorker.Listen> listeners) implements FromPredecessor {

		public Handover {
			listeners = List.copyOf(listeners);
		}

	}

}
