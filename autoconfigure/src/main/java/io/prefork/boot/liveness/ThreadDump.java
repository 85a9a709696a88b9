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

package io.prefork.boot.liveness;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What all threads are doing.
 */
public final class ThreadDump {

	private ThreadDump() {
	}

	/**
	 * Take a dump.
	 * @return the threads with their whole stacks as text; deadlocked ones come first
	 */
	public static String take() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long[] deadlocked = threads.findDeadlockedThreads();
		StringBuilder dump = new StringBuilder();
		if (deadlocked != null) {
			dump.append("These threads wait for each other for ever: ")
				.append(Arrays.stream(threads.getThreadInfo(deadlocked))
					.map(ThreadInfo::getThreadName)
					.collect(Collectors.joining(", ")))
				.append(System.lineSeparator());
		}
		for (ThreadInfo thread : threads.dumpAllThreads(true, true)) {
			append(dump, thread);
		}
		return dump.toString();
	}

	private static void append(StringBuilder dump, ThreadInfo thread) {
		dump.append("%n\"%s\" #%d %s".formatted(thread.getThreadName(), thread.getThreadId(), thread.getThreadState()));
		if (thread.getLockName() != null) {
			dump.append(" on ").append(thread.getLockName());
		}
		if (thread.getLockOwnerName() != null) {
			dump.append(" held by \"").append(thread.getLockOwnerName()).append('"');
		}
		for (StackTraceElement frame : thread.getStackTrace()) {
			dump.append(System.lineSeparator()).append("\tat ").append(frame);
		}
		dump.append(System.lineSeparator());
	}

}
