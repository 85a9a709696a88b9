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
 * What operators are told about one worker.
 */
public sealed interface WorkerReport {

	/**
	 * Its event loops run again.
	 */
	record Responding() implements WorkerReport {

	}

	/**
	 * Another worker takes its place as planned.
	 *
	 * @param reason why
	 */
	record Recycled(Reason reason) implements WorkerReport {

	}

	/**
	 * Another worker takes its place, because it is not heard.
	 *
	 * @param limit for how long it may not be heard
	 */
	record Silent(Duration limit) implements WorkerReport {

	}

	/**
	 * It takes too long.
	 *
	 * @param state what it does
	 * @param since for how long
	 */
	record Overdue(WorkerState state, Duration since) implements WorkerReport {

	}

}
