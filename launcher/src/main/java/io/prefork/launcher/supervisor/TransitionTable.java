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

package io.prefork.launcher.supervisor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.Transition.Action;

/**
 * The life of a worker as one table. A pair of state and trigger that is not in it must
 * not happen.
 */
final class TransitionTable {

	private static final Map<Key, Transition> ROWS = new LinkedHashMap<>();

	static {
		row(WorkerState.STARTING, Trigger.READY, WorkerState.READY, Action.ACCEPT);
		row(WorkerState.STARTING, Trigger.BOOTED, WorkerState.SPARE, Action.NONE);
		row(WorkerState.STARTING, Trigger.LEAVE, WorkerState.DRAINING, Action.NONE);
		row(WorkerState.STARTING, Trigger.REPLACE, WorkerState.TERMINATING, Action.TERMINATE);
		row(WorkerState.STARTING, Trigger.STOP, WorkerState.TERMINATING, Action.TERMINATE);
		row(WorkerState.STARTING, Trigger.QUICK_STOP, WorkerState.KILLING, Action.KILL);
		row(WorkerState.STARTING, Trigger.OVERDUE, WorkerState.TERMINATING, Action.DUMP_AND_TERMINATE);
		row(WorkerState.STARTING, Trigger.EXIT, WorkerState.GONE, Action.NONE);

		row(WorkerState.SPARE, Trigger.BOOTED, WorkerState.SPARE, Action.NONE);
		row(WorkerState.SPARE, Trigger.PROMOTE, WorkerState.READY, Action.ACCEPT);
		row(WorkerState.SPARE, Trigger.LEAVE, WorkerState.DRAINING, Action.NONE);
		row(WorkerState.SPARE, Trigger.REPLACE, WorkerState.TERMINATING, Action.TERMINATE);
		row(WorkerState.SPARE, Trigger.STOP, WorkerState.TERMINATING, Action.TERMINATE);
		row(WorkerState.SPARE, Trigger.QUICK_STOP, WorkerState.TERMINATING, Action.TERMINATE);
		row(WorkerState.SPARE, Trigger.OVERDUE, WorkerState.TERMINATING, Action.DUMP_AND_TERMINATE);
		row(WorkerState.SPARE, Trigger.EXIT, WorkerState.GONE, Action.NONE);

		row(WorkerState.READY, Trigger.READY, WorkerState.READY, Action.NONE);
		row(WorkerState.READY, Trigger.LEAVE, WorkerState.DRAINING, Action.NONE);
		row(WorkerState.READY, Trigger.REPLACE, WorkerState.DRAINING, Action.GIVE_WAY);
		row(WorkerState.READY, Trigger.STOP, WorkerState.DRAINING, Action.DRAIN);
		row(WorkerState.READY, Trigger.QUICK_STOP, WorkerState.TERMINATING, Action.HURRY);
		row(WorkerState.READY, Trigger.OVERDUE, WorkerState.HUNG, Action.DUMP);
		row(WorkerState.READY, Trigger.EXIT, WorkerState.GONE, Action.NONE);

		row(WorkerState.HUNG, Trigger.READY, WorkerState.HUNG, Action.NONE);
		row(WorkerState.HUNG, Trigger.RECOVER, WorkerState.READY, Action.NONE);
		row(WorkerState.HUNG, Trigger.LEAVE, WorkerState.DRAINING, Action.NONE);
		row(WorkerState.HUNG, Trigger.REPLACE, WorkerState.TERMINATING, Action.TERMINATE);
		row(WorkerState.HUNG, Trigger.STOP, WorkerState.TERMINATING, Action.TERMINATE);
		row(WorkerState.HUNG, Trigger.QUICK_STOP, WorkerState.KILLING, Action.KILL);
		row(WorkerState.HUNG, Trigger.OVERDUE, WorkerState.TERMINATING, Action.TERMINATE);
		row(WorkerState.HUNG, Trigger.EXIT, WorkerState.GONE, Action.NONE);

		row(WorkerState.DRAINING, Trigger.READY, WorkerState.DRAINING, Action.NONE);
		row(WorkerState.DRAINING, Trigger.BOOTED, WorkerState.DRAINING, Action.NONE);
		row(WorkerState.DRAINING, Trigger.LEAVE, WorkerState.DRAINING, Action.NONE);
		row(WorkerState.DRAINING, Trigger.STOP, WorkerState.DRAINING, Action.NONE);
		row(WorkerState.DRAINING, Trigger.QUICK_STOP, WorkerState.TERMINATING, Action.HURRY);
		row(WorkerState.DRAINING, Trigger.OVERDUE, WorkerState.TERMINATING, Action.TERMINATE);
		row(WorkerState.DRAINING, Trigger.EXIT, WorkerState.GONE, Action.NONE);

		row(WorkerState.TERMINATING, Trigger.READY, WorkerState.TERMINATING, Action.NONE);
		row(WorkerState.TERMINATING, Trigger.BOOTED, WorkerState.TERMINATING, Action.NONE);
		row(WorkerState.TERMINATING, Trigger.LEAVE, WorkerState.TERMINATING, Action.NONE);
		row(WorkerState.TERMINATING, Trigger.STOP, WorkerState.TERMINATING, Action.NONE);
		row(WorkerState.TERMINATING, Trigger.QUICK_STOP, WorkerState.TERMINATING, Action.NONE);
		row(WorkerState.TERMINATING, Trigger.OVERDUE, WorkerState.KILLING, Action.KILL);
		row(WorkerState.TERMINATING, Trigger.EXIT, WorkerState.GONE, Action.NONE);

		row(WorkerState.KILLING, Trigger.READY, WorkerState.KILLING, Action.NONE);
		row(WorkerState.KILLING, Trigger.BOOTED, WorkerState.KILLING, Action.NONE);
		row(WorkerState.KILLING, Trigger.LEAVE, WorkerState.KILLING, Action.NONE);
		row(WorkerState.KILLING, Trigger.STOP, WorkerState.KILLING, Action.NONE);
		row(WorkerState.KILLING, Trigger.QUICK_STOP, WorkerState.KILLING, Action.NONE);
		row(WorkerState.KILLING, Trigger.OVERDUE, WorkerState.KILLING, Action.KILL);
		row(WorkerState.KILLING, Trigger.EXIT, WorkerState.GONE, Action.NONE);
	}

	private TransitionTable() {
	}

	static @Nullable Transition find(WorkerState from, Trigger trigger) {
		return ROWS.get(new Key(from, trigger));
	}

	static List<Transition> rows() {
		return List.copyOf(ROWS.values());
	}

	private static void row(WorkerState from, Trigger trigger, WorkerState to, Action action) {
		ROWS.put(new Key(from, trigger), new Transition(from, trigger, to, action));
	}

	private record Key(WorkerState from, Trigger trigger) {

	}

}
