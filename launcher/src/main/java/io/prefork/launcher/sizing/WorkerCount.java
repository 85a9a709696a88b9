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

package io.prefork.launcher.sizing;

import io.prefork.launcher.config.MasterSettings;

/**
 * How many workers {@code prefork.workers: auto} means: one per CPU, but no more than
 * have room in memory.
 */
public final class WorkerCount {

	/**
	 * What a worker needs at least, in bytes: a small heap, metaspace, code cache and
	 * threads of a typical application.
	 */
	public static final long MEMORY_FLOOR = 300L << 20;

	private static final long MASTER = 64L << 20;

	private WorkerCount() {
	}

	/**
	 * How many workers a service has: what the user wants, or what suits the machine.
	 * @param settings the settings
	 * @param machine the machine
	 * @return at least 1
	 */
	public static int of(MasterSettings settings, Machine machine) {
		Integer configured = settings.workers();
		return (configured != null) ? configured
				: auto(machine.cpus(), (long) (machine.memory() * settings.launch().jvm().memoryFraction()));
	}

	/**
	 * Decide how many workers to run.
	 * @param cpus the CPUs available, rounded up from a container's quota
	 * @param memory the memory of the service, in bytes
	 * @return at least 1
	 */
	public static int auto(int cpus, long memory) {
		long room = forWorkers(memory) / MEMORY_FLOOR;
		return (int) Math.max(1, Math.min(cpus, room));
	}

	/**
	 * The memory that is left for workers.
	 * @param memory the memory of the service, in bytes
	 * @return bytes
	 */
	static long forWorkers(long memory) {
		return memory - MASTER;
	}

}
