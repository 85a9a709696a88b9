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

import java.lang.invoke.MethodHandle;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Collects processes that nobody waits for. Process 1 of a container becomes the parent
 * of every process whose own parent is gone, and a JVM waits for no process but those
 * that it has started: the others would stay as zombies. See pid_namespaces(7), wait(2).
 * <p>
 * A child is collected if it has been seen as a zombie twice, with a second in between,
 * and is no worker: the exit status of a process of this JVM must not be taken from it.
 */
public final class Zombies {

	private static final long PATIENCE_SECONDS = 1;

	private final LongPredicate worker;

	private final Consumer<Exception> failure;

	private final ScheduledThreadPoolExecutor thread;

	private Set<Long> zombies = Set.of();

	private @Nullable MethodHandle wait;

	/**
	 * Create what collects zombies.
	 * @param worker tells whether a process is a worker, on any thread
	 * @param failure called if zombies can't be collected in this JVM, at most once, on
	 * any thread
	 */
	public Zombies(LongPredicate worker, Consumer<Exception> failure) {
		this.worker = worker;
		this.failure = failure;
		this.thread = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "prefork-zombies");
			thread.setDaemon(true);
			return thread;
		}, new ThreadPoolExecutor.DiscardPolicy());
	}

	/**
	 * Say that a child has ended, as SIGCHLD does. Returns at once; any thread may call.
	 */
	public void childEnded() {
		this.thread.execute(() -> {
			if (this.zombies.isEmpty()) {
				look();
			}
		});
	}

	private void look() {
		Set<Long> found = zombies();
		Set<Long> again = new HashSet<>(this.zombies);
		again.retainAll(found);
		try {
			reap(again);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			this.thread.shutdownNow();
			this.failure.accept(ex);
		}
		found.removeAll(again);
		this.zombies = found;
		if (!found.isEmpty()) {
			this.thread.schedule(this::look, PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
	}

	private void reap(Set<Long> pids) throws ReflectiveOperationException {
		for (long pid : pids) {
			if (this.wait == null) {
				this.wait = NativeCall.waitpid();
			}
			reap(this.wait, pid);
		}
	}

	private static void reap(MethodHandle wait, long pid) {
		try {
			wait.invokeExact(pid);
		}
		catch (Throwable ex) {
			throw new IllegalStateException("waitpid failed for process " + pid, ex);
		}
	}

	private Set<Long> zombies() {
		return ProcessHandle.current()
			.children()
			.map(ProcessHandle::pid)
			.filter((pid) -> isZombie(pid) && !this.worker.test(pid))
			.collect(Collectors.toCollection(HashSet::new));
	}

	private static boolean isZombie(long pid) {
		ProcessStat stat = ProcessStat.of(pid);
		return stat != null && stat.isZombie();
	}

}
