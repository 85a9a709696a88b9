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
import org.springframework.context.ApplicationEvent;

/**
 * Something happens to this worker.
 */
public abstract class WorkerEvent extends ApplicationEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String slot;

	private final int generation;

	WorkerEvent(ApplicationContext context, String slot, int generation) {
		super(context);
		this.slot = slot;
		this.generation = generation;
	}

	/**
	 * The slot in which this worker serves.
	 * @return the number of the slot, or "spare" if it has none
	 */
	public String getSlot() {
		return this.slot;
	}

	/**
	 * The generation of this worker, which each reload raises.
	 * @return the number, from 1
	 */
	public int getGeneration() {
		return this.generation;
	}

	@Override
	public String toString() {
		return "%s[slot=%s, generation=%d]".formatted(getClass().getSimpleName(), this.slot, this.generation);
	}

}
