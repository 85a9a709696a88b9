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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the system knows of a process, see proc_pid_stat(5).
 *
 * @param state a letter, for instance {@code Z} for a zombie
 * @param nice its priority, the lower the more CPU time it gets
 * @param startTicks when it was started, in clock ticks since the boot
 */
record ProcessStat(String state, int nice, long startTicks) {

	/**
	 * Positions after the name, which is in parentheses and may contain anything.
	 */
	private static final int STATE = 0;

	private static final int NICE = 16;

	private static final int START = 19;

	/**
	 * Look at a process.
	 * @param pid its id
	 * @return what is known of it, or {@code null} if there is no such process
	 */
	static @Nullable ProcessStat of(long pid) {
		return of(Long.toString(pid));
	}

	/**
	 * Look at a process or a thread.
	 * @param process its id, or {@code self}
	 * @return what is known of it, or {@code null} if there is none
	 */
	static @Nullable ProcessStat of(String process) {
		try {
			return parse(Files.readString(Path.of("/proc", process, "stat"), StandardCharsets.ISO_8859_1).strip());
		}
		catch (IOException ex) {
			return null;
		}
	}

	static ProcessStat parse(String stat) {
		List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
		return new ProcessStat(fields.get(STATE), Integer.parseInt(fields.get(NICE)),
				Long.parseLong(fields.get(START)));
	}

	boolean isZombie() {
		return this.state.equals("Z");
	}

}
