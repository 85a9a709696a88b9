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

package io.prefork.sample.it.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Assumptions;

/**
 * A control group with limits, as a container has one (cgroups(7), version 1 or 2). Skips
 * the test where this user may not make one.
 */
public final class ControlGroup implements AutoCloseable {

	private static final Path ROOT = Path.of("/sys/fs/cgroup");

	private static final int PERIOD = 100_000;

	private final List<Path> directories;

	private ControlGroup(List<Path> directories) {
		this.directories = directories;
	}

	/**
	 * Make a group.
	 * @param cpus how many CPUs it may use
	 * @param memory how many bytes
	 * @return the group, without a process
	 */
	public static ControlGroup of(int cpus, long memory) {
		String name = "prefork-" + UUID.randomUUID();
		try {
			if (Files.exists(ROOT.resolve("cgroup.controllers"))) {
				Path both = Files.createDirectory(ROOT.resolve(name));
				Files.writeString(both.resolve("memory.max"), Long.toString(memory));
				Files.writeString(both.resolve("cpu.max"), "%d %d".formatted(cpus * PERIOD, PERIOD));
				return new ControlGroup(List.of(both));
			}
			Path forMemory = Files.createDirectory(ROOT.resolve("memory").resolve(name));
			Files.writeString(forMemory.resolve("memory.limit_in_bytes"), Long.toString(memory));
			Path forCpu = Files.createDirectory(ROOT.resolve("cpu").resolve(name));
			Files.writeString(forCpu.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD));
			Files.writeString(forCpu.resolve("cpu.cfs_quota_us"), Integer.toString(cpus * PERIOD));
			return new ControlGroup(List.of(forMemory, forCpu));
		}
		catch (IOException ex) {
			return Assumptions.abort("no control group can be made: " + ex);
		}
	}

	/**
	 * Return what starts a command in the group.
	 * @return program and arguments, to go before the command
	 */
	public List<String> wrapper() {
		StringBuilder script = new StringBuilder();
		this.directories.forEach((directory) -> script.append("echo $$ > %s/cgroup.procs && ".formatted(directory)));
		return List.of("sh", "-c", script + "exec \"$@\"", "group");
	}

	@Override
	public void close() throws IOException {
		for (Path directory : this.directories) {
			Files.delete(directory);
		}
	}

}
