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

import java.time.Duration;

/**
 * Why a reload is rolled back.
 */
public sealed interface ReloadFailure {

	/**
	 * The new generation can't be started.
	 *
	 * @param reason what failed and what to do
	 */
	record Refused(String reason) implements ReloadFailure {

	}

	/**
	 * A new worker's application answered the worker's own request with an error.
	 *
	 * @param slot the slot
	 * @param status the status of the answer
	 */
	record ProbeFailed(int slot, int status) implements ReloadFailure {

	}

	/**
	 * A new worker has ended.
	 *
	 * @param place its place
	 * @param exit how
	 * @param reason why
	 */
	record WorkerLost(Place place, WorkerExit exit, Reason reason) implements ReloadFailure {

	}

	/**
	 * A new worker was not ready in time.
	 *
	 * @param place its place
	 * @param limit the time
	 */
	record BootOverdue(Place place, Duration limit) implements ReloadFailure {

	}

	/**
	 * A new worker is not heard.
	 *
	 * @param place its place
	 */
	record WorkerSilent(Place place) implements ReloadFailure {

	}

	/**
	 * The canary is not heard.
	 */
	record CanarySilent() implements ReloadFailure {

	}

	/**
	 * Too many of the canary's answers were errors.
	 *
	 * @param errors answers with a status of 500 or more
	 * @param answers all its answers
	 * @param allowed the share of errors that would have been fine
	 */
	record ErrorRate(long errors, long answers, double allowed) implements ReloadFailure {

	}

	/**
	 * The whole reload took too long.
	 *
	 * @param limit the time that it had
	 */
	record Overdue(Duration limit) implements ReloadFailure {

	}

	/**
	 * All workers have to drain.
	 */
	record Paused() implements ReloadFailure {

	}

}
