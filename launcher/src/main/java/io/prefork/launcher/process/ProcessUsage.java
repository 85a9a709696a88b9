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

package io.prefork.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.prefork.status.ProcessStatus.Usage;

/**
 * Reads what a process has of the machine. See proc(5), smaps_rollup.
 */
final class ProcessUsage {

	private static final long KILOBYTE = 1024;

	private ProcessUsage() {
	}

	static @Nullable Usage of(ProcessHandle process) {
		Optional<Duration> cpu = process.info().totalCpuDuration();
		if (cpu.isEmpty() || !process.isAlive()) {
			return null;
		}
		List<String> sizes = sizes(process.pid());
		return new Usage(cpu.get(), bytes(sizes, "Rss:"), bytes(sizes, "Pss:"));
	}

	private static List<String> sizes(long pid) {
		try {
			return Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"));
		}
		catch (IOException ex) {
			// Before Linux 4.14, or it has ended.
			return List.of();
		}
	}

	private static long bytes(List<String> sizes, String name) {
		return sizes.stream()
			.filter((line) -> line.startsWith(name))
			.mapToLong((line) -> KILOBYTE * Long.parseLong(line.replaceAll("\\D", "")))
			.findFirst()
			.orElse(0);
	}

}
