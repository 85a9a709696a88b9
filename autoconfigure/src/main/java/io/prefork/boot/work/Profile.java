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

package io.prefork.boot.work;

import java.util.List;

/**
 * Presets for an application, of which each value is a default only.
 */
public enum Profile {

	/**
	 * Requests wait for others most of the time.
	 */
	IO {

		@Override
		public List<Preset> presets() {
			return List.of(
					new Preset("prefork.worker-class", "event-loop",
							"an event loop has thousands that wait in progress"),
					new Preset("prefork.stall-threshold", "200ms", "what blocks an event loop holds all of them up"),
					new Preset("prefork.request-timeout", "30s", "who is waited for may never answer"), KEEP_ALIVE);
		}

	},

	/**
	 * Requests keep a CPU busy.
	 */
	CPU {

		@Override
		public List<Preset> presets() {
			int cpus = Runtime.getRuntime().availableProcessors();
			return List.of(
					new Preset("prefork.worker-class", "threads", "event loops go on while requests are calculated"),
					new Preset("prefork.threads", Integer.toString(cpus),
							"one per CPU that a worker has; more would only take turns"),
					new Preset("prefork.request-queue", Integer.toString(QUEUE_PER_CPU * cpus),
							"who waits behind more is answered too late, and is told at once"),
					new Preset("prefork.event-loops", "1", "they only read and write"),
					new Preset("prefork.request-timeout", "30s", "nobody waits longer for an answer"), KEEP_ALIVE);
		}

	};

	private static final int QUEUE_PER_CPU = 10;

	private static final Preset KEEP_ALIVE = new Preset("prefork.keep-alive", "75s",
			"longer than the 60 s of most balancers, so that they close connections first");

	/**
	 * The values.
	 * @return the values on this machine
	 */
	public abstract List<Preset> presets();

	/**
	 * The default of a property.
	 *
	 * @param property the name of the property
	 * @param value its value
	 * @param reason why
	 */
	public record Preset(String property, String value, String reason) {

	}

}
