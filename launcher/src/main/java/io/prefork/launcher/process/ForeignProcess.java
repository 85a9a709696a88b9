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

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.edge.OtherProcess;

/**
 * A process that another one has started. Thread-safe.
 */
final class ForeignProcess implements OtherProcess {

	/**
	 * The system tells a process' start to one clock tick, and counts it from a boot time
	 * that is known to the second.
	 */
	private static final Duration PRECISION = Duration.ofSeconds(2);

	private final ProcessHandle process;

	private ForeignProcess(ProcessHandle process) {
		this.process = process;
	}

	/**
	 * Find a process.
	 * @param pid its id
	 * @param startedAt when it was started: a process id is used again
	 * @return the process, or {@code null} if it has ended
	 */
	static @Nullable ForeignProcess find(long pid, Instant startedAt) {
		Instant start = startOf(pid);
		boolean same = start != null && Duration.between(start, startedAt).abs().compareTo(PRECISION) <= 0;
		return same ? ProcessHandle.of(pid).map(ForeignProcess::new).orElse(null) : null;
	}

	/**
	 * When a process was started.
	 * @param pid its id
	 * @return the time, or {@code null} if it has ended
	 */
	static @Nullable Instant startOf(long pid) {
		Optional<Instant> start = ProcessHandle.of(pid).flatMap((process) -> process.info().startInstant());
		return start.orElse(null);
	}

	@Override
	public long pid() {
		return this.process.pid();
	}

	@Override
	public boolean isAlive() {
		return this.process.isAlive();
	}

	@Override
	public CompletableFuture<?> onExit() {
		return this.process.onExit();
	}

	@Override
	public CompletableFuture<?> endWithin(Duration limit) {
		return endWithin(this.process, limit);
	}

	static CompletableFuture<?> endWithin(ProcessHandle process, Duration limit) {
		return process.onExit()
			.copy()
			.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
			.handle((ended, failure) -> failure)
			.thenCompose((failure) -> {
				if (failure != null) {
					process.destroyForcibly();
				}
				return process.onExit();
			});
	}

}
