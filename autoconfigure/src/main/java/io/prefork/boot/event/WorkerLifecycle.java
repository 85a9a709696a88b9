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

package io.prefork.boot.event;

/**
 * What a bean does at the turns of a worker's life, in every worker; for what is done
 * once for all of them see {@code OncePerService} and {@link LeadershipGrantedEvent}.
 * Beans are called in their order, each when the one before it has returned; one that
 * throws is logged, and does not keep the worker from going on. Nothing is called in an
 * application that runs as one process.
 */
public interface WorkerLifecycle {

	/**
	 * The worker accepts connections now. Called on a thread of its own.
	 * @param event what has happened
	 */
	default void afterStart(WorkerReadyEvent event) {
	}

	/**
	 * The worker is about to stop accepting connections and to finish what is in flight,
	 * which waits for this. Called on the thread that closes the context.
	 * @param event what happens
	 */
	default void beforeDrain(WorkerDrainingEvent event) {
	}

	/**
	 * The worker has finished what was in flight. Called on the thread that closes the
	 * context, which waits for this.
	 * @param event what has happened
	 */
	default void afterDrain(WorkerDrainedEvent event) {
	}

}
