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

package io.prefork.launcher.generation;

import java.nio.file.Path;

import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.JvmSettings;
import io.prefork.launcher.config.MasterSettings;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.process.WorkerOptions;
import io.prefork.launcher.sizing.CpuShare;
import io.prefork.launcher.sizing.HeapShare;
import io.prefork.launcher.sizing.Machine;
import io.prefork.launcher.sizing.WorkerCount;
import io.prefork.launcher.supervisor.Capacity;

/**
 * How many workers a generation has, and what each of them gets of the machine.
 *
 * @param machine the machine
 * @param log is told what does not fit
 */
record Sizing(Machine machine, MasterLog log) {

	int cpus() {
		return this.machine.cpus();
	}

	int workers(MasterSettings settings) {
		return WorkerCount.of(settings, this.machine);
	}

	/**
	 * Make the command of a worker.
	 * @param application the command that starts the application
	 * @param settings the settings of the generation
	 * @param workers how many workers there are
	 * @return the command
	 */
	JavaCommand command(JavaCommand application, MasterSettings settings, int workers) {
		JvmSettings jvm = settings.launch().jvm();
		Path javaHome = jvm.javaHome();
		JavaCommand first = application.withOptions(jvm.inherited(application.options()));
		return WorkerOptions.apply((javaHome != null) ? first.withJavaHome(javaHome) : first, jvm.forWorkers(),
				CpuShare.perWorker(this.machine.cpus(), workers),
				heap(workers, settings.supervision().capacity(), memory(jvm)));
	}

	private long memory(JvmSettings jvm) {
		return (long) (this.machine.memory() * jvm.memoryFraction());
	}

	private long heap(int workers, Capacity capacity, long memory) {
		int processes = workers + capacity.spares() + capacity.surge();
		HeapShare share = HeapShare.of(this.machine.memory(), memory, processes);
		if (!share.fits()) {
			this.log
				.warn(("%d MB are too little for %d workers (prefork.workers, prefork.spares and prefork.surge), even "
						+ "with heaps of %d MB: lower their number, or give the service more memory")
					.formatted(memory >> 20, processes, share.heap() >> 20));
		}
		return share.heap();
	}

}
