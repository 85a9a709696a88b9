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
 * What operators are told about the whole service.
 */
public sealed interface ServiceNotice {

	/**
	 * A reload begins.
	 *
	 * @param generation the number of the new generation
	 */
	record ReloadBegun(int generation) implements ServiceNotice {

	}

	/**
	 * A reload was requested while one runs.
	 */
	record ReloadQueued() implements ServiceNotice {

	}

	/**
	 * The first worker of a new generation serves, and is watched.
	 *
	 * @param generation the number of the new generation
	 * @param watch for how long
	 */
	record CanaryWatched(int generation, Duration watch) implements ServiceNotice {

	}

	/**
	 * The number of workers changes.
	 *
	 * @param from what it was
	 * @param to what it becomes
	 */
	record Scaling(int from, int to) implements ServiceNotice {

	}

	/**
	 * The number of workers changes after the reload that is under way.
	 *
	 * @param to what it becomes
	 */
	record ScalingQueued(int to) implements ServiceNotice {

	}

	/**
	 * The last worker can't be taken away.
	 */
	record ScalingRefused() implements ServiceNotice {

	}

	/**
	 * All workers drain, and none are started.
	 */
	record Paused() implements ServiceNotice {

	}

	/**
	 * Workers are started again after a pause.
	 *
	 * @param workers how many
	 */
	record Resumed(int workers) implements ServiceNotice {

	}

}
