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

package io.prefork.boot.lifecycle;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Tells in each line of a structured log which worker has written it.
 */
public final class WorkerLogMembers implements StructuredLoggingJsonMembersCustomizer<Object> {

	@Override
	public void customize(Members<Object> members) {
		add(members, "worker", WorkerRuntime::slot);
		add(members, "generation", (worker) -> worker.identity().generation());
		add(members, "leader", (worker) -> worker.leader().isLeader());
	}

	private static void add(Members<Object> members, String name, Function<WorkerRuntime, Object> value) {
		members.add(name, (event) -> of(value)).whenNotNull();
	}

	private static @Nullable Object of(Function<WorkerRuntime, Object> value) {
		WorkerRuntime worker = WorkerRuntime.current();
		return (worker != null) ? value.apply(worker) : null;
	}

}
