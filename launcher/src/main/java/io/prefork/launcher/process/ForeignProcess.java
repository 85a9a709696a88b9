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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.edge.OtherProcess;

/**
 * A process that another one has started. Thread-safe.
 */
final class ForeignProcess implements OtherProcess {

	private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

	private final ProcessHandle process;

	private ForeignProcess(ProcessHandle process) {
		this.process = process;
	}

	/**
	 * Find a process.
	 * @param pid its id
	 * @param start its start: a process id is used again
	 * @return the process, or {@code null} if it has ended
	 */
	static @Nullable ForeignProcess find(long pid, String start) {
		return start.equals(startOf(pid)) ? ProcessHandle.of(pid).map(ForeignProcess::new).orElse(null) : null;
	}

	/**
	 * The start of a process, whatever happens to the clock: the ticks since the boot,
	 * and the boot.
	 * @param pid its id
	 * @return the start, without blanks; or {@code null} if it has ended
	 */
	static @Nullable String startOf(long pid) {
		ProcessStat stat = ProcessStat.of(pid);
		try {
			return (stat != null) ? stat.startTicks() + "@" + Files.readString(BOOT).strip() : null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
