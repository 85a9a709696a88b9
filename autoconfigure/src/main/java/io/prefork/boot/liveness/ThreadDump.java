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

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What all threads of this process do, as text.
 */
public final class ThreadDump {

	private ThreadDump() {
	}

	/**
	 * Take a dump.
	 * @return the threads that wait for each other, if there are any, and then all
	 * threads with their stacks and locks
	 */
	public static String take() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		StringBuilder text = new StringBuilder();
		deadlock(text, threads, threads.findDeadlockedThreads());
		for (ThreadInfo thread : threads.dumpAllThreads(true, true)) {
			thread(text, thread);
		}
		return text.toString();
	}

	private static void deadlock(StringBuilder text, ThreadMXBean threads, long @Nullable [] deadlocked) {
		if (deadlocked != null) {
			text.append(Arrays.stream(threads.getThreadInfo(deadlocked))
				.map((thread) -> (thread != null) ? thread.getThreadName() : "(ended)")
				.collect(Collectors.joining(", ", "DEADLOCK between ", "\n")));
		}
	}

	private static void thread(StringBuilder text, ThreadInfo thread) {
		text.append("\n\"%s\" #%d%s %s".formatted(thread.getThreadName(), thread.getThreadId(),
				thread.isDaemon() ? " daemon" : "", thread.getThreadState()));
		if (thread.getLockInfo() != null) {
			text.append(" on ").append(thread.getLockInfo());
		}
		if (thread.getLockOwnerName() != null) {
			text.append(" held by \"").append(thread.getLockOwnerName()).append('"');
		}
		text.append('\n');
		StackTraceElement[] stack = thread.getStackTrace();
		for (int depth = 0; depth < stack.length; depth++) {
			text.append("\tat ").append(stack[depth]).append('\n');
			for (MonitorInfo monitor : thread.getLockedMonitors()) {
				if (monitor.getLockedStackDepth() == depth) {
					text.append("\t- locked ").append(monitor).append('\n');
				}
			}
		}
		for (LockInfo lock : thread.getLockedSynchronizers()) {
			text.append("\t- holds ").append(lock).append('\n');
		}
	}

}
