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

package io.prefork.launcher.check;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Memory of the machine and of containers; see proc(5), and memory.max and memory.events
 * in the kernel's Documentation/admin-guide/cgroup-v2.rst.
 */
final class MemoryChecks {

	private static final String MACHINE = "proc/meminfo";

	private static final List<String> LIMITS = List.of("sys/fs/cgroup/memory.max",
			"sys/fs/cgroup/memory/memory.limit_in_bytes");

	private static final String EVENTS = "sys/fs/cgroup/memory.events";

	private static final String HUGE_PAGES = "sys/kernel/mm/transparent_hugepage/enabled";

	private static final String SWAPPINESS = "proc/sys/vm/swappiness";

	private static final int EAGER = 10;

	private static final long MASTER = 128L << 20;

	private MemoryChecks() {
	}

	static List<Finding> findings(CheckedService service, SystemFiles files) {
		List<Finding> findings = new ArrayList<>();
		long memory = memory(files);
		long needed = MASTER + service.processes() * service.workerMemory();
		if (memory > 0 && needed > memory) {
			findings.add(Finding.warning("memory",
					"%d processes of %d MiB and the master need %d MiB, and there are %d MiB".formatted(
							service.processes(), mebibytes(service.workerMemory()), mebibytes(needed),
							mebibytes(memory)),
					"the kernel kills processes, or the machine swaps, when planned work adds a worker at the latest",
					"fewer workers (prefork.workers), smaller heaps (prefork.jvm.heap), or more memory"));
		}
		long killed = files.number(EVENTS, "oom_kill").orElse(0);
		if (killed > 0) {
			findings.add(Finding.warning("memory",
					"the kernel has killed %d processes of this container (/%s)".formatted(killed, EVENTS),
					"its memory was used up", "more memory, or fewer workers"));
		}
		if (files.line(HUGE_PAGES).contains("[always]")) {
			findings.add(Finding.advice("huge pages", "/%s is always".formatted(HUGE_PAGES),
					"what a worker touches once takes 2 MiB each time, so that each takes more memory",
					"echo madvise > /%s, and -XX:+UseTransparentHugePages in prefork.jvm.options for the heap"
						.formatted(HUGE_PAGES)));
		}
		if (files.number(MACHINE, "SwapTotal:").orElse(0) > 0 && files.number(SWAPPINESS).orElse(0) > EAGER) {
			findings.add(Finding.advice("swap", "there is swap, and vm.swappiness is more than %d".formatted(EAGER),
					"a garbage collection looks at all of the heap, and takes seconds if it is swapped out",
					"sysctl -w vm.swappiness=1, or MemorySwapMax=0 in the systemd unit"));
		}
		return findings;
	}

	private static long memory(SystemFiles files) {
		OptionalLong machine = files.number(MACHINE, "MemTotal:");
		return Stream
			.concat(LIMITS.stream().map(files::number).filter(OptionalLong::isPresent).map(OptionalLong::getAsLong),
					machine.isPresent() ? Stream.of(machine.getAsLong() << 10) : Stream.of())
			.min(Long::compare)
			.orElse(0L);
	}

	private static long mebibytes(long bytes) {
		return bytes >> 20;
	}

}
