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

package io.prefork.launcher.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.prefork.status.LoadStatus;
import io.prefork.status.ProcessStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

/**
 * What a worker is and does, in words that fit into a table.
 *
 * @param worker the worker
 * @param spare whether it is in waiting, and has no slot
 * @param now what time it is
 */
public record WorkerText(WorkerStatus worker, boolean spare, Instant now) {

	private static final String NOTHING = "-";

	/**
	 * The workers of a service, the spares last.
	 * @param status the state of the service
	 * @param now what time it is
	 * @return a text for each
	 */
	public static List<WorkerText> of(ServiceStatus status, Instant now) {
		return Stream
			.concat(status.workers().stream().map((worker) -> new WorkerText(worker, false, now)),
					status.spares().stream().map((worker) -> new WorkerText(worker, true, now)))
			.toList();
	}

	/**
	 * Its slot, with a star if it leads.
	 * @return the slot
	 */
	public String slot() {
		ProcessStatus process = this.worker.process();
		String slot = this.spare ? "spare" : Integer.toString(this.worker.slot());
		return (process != null && process.leader()) ? slot + "*" : slot;
	}

	public String pid() {
		return process((process) -> Long.toString(process.pid()));
	}

	public String generation() {
		return process((process) -> Integer.toString(process.generation()));
	}

	public String up() {
		return process((process) -> Amounts.duration(Duration.between(process.startedAt(), this.now)));
	}

	public String active() {
		return load((load) -> Integer.toString(load.active()));
	}

	public String connections() {
		return load((load) -> Integer.toString(load.connections()));
	}

	public String lag() {
		return load((load) -> load.loopLag().toMillis() + "ms");
	}

	/**
	 * Its memory, of which it has its share only if others have it, too.
	 * @return the memory
	 */
	public String memory() {
		return usage((usage) -> Amounts.bytes(usage.memory()));
	}

	public String restarts() {
		return Integer.toString(this.worker.restarts().total());
	}

	/**
	 * Something of what it does.
	 * @param text makes a text of it
	 * @return the text
	 */
	public String load(Function<LoadStatus, String> text) {
		return orNothing(this.worker.load(), text);
	}

	/**
	 * Something of what it has of the machine.
	 * @param text makes a text of it
	 * @return the text
	 */
	public String usage(Function<ProcessStatus.Usage, String> text) {
		ProcessStatus process = this.worker.process();
		return orNothing((process != null) ? process.usage() : null, text);
	}

	private String process(Function<ProcessStatus, String> text) {
		return orNothing(this.worker.process(), text);
	}

	private static <T> String orNothing(@Nullable T value, Function<T, String> text) {
		return (value != null) ? text.apply(value) : NOTHING;
	}

}
