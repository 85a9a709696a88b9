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

import java.io.Serial;

import org.springframework.context.ApplicationContext;

/**
 * This worker has finished what was in flight, and its context closes now: all beans are
 * still there, and nothing has been stopped yet.
 */
public final class WorkerDrainedEvent extends WorkerEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create an event.
	 * @param context the worker's context
	 * @param slot the slot in which it served
	 * @param generation its generation
	 */
	public WorkerDrainedEvent(ApplicationContext context, String slot, int generation) {
		super(context, slot, generation);
	}

}
