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

import org.jspecify.annotations.Nullable;

/**
 * What was asked for and is not done. Immutable.
 *
 * @param generations the number of the last generation, also of one that failed
 * @param reload the reload under way, if there is one
 * @param reloadAgain whether another reload has to follow
 * @param scaleBy by how much the number of workers has to change after the reload
 * @param paused whether nobody should serve although the service runs
 */
public record Plans(int generations, @Nullable Reload reload, boolean reloadAgain, int scaleBy, boolean paused) {

	static Plans none(int generations) {
		return new Plans(generations, null, false, 0, false);
	}

	Plans reload(@Nullable Reload reload) {
		int generations = (reload != null) ? Math.max(this.generations, reload.number()) : this.generations;
		return new Plans(generations, reload, this.reloadAgain, this.scaleBy, this.paused);
	}

	Plans reloadAgain(boolean reloadAgain) {
		return new Plans(this.generations, this.reload, reloadAgain, this.scaleBy, this.paused);
	}

	Plans scaleBy(int scaleBy) {
		return new Plans(this.generations, this.reload, this.reloadAgain, scaleBy, this.paused);
	}

	Plans paused(boolean paused) {
		return new Plans(this.generations, this.reload, this.reloadAgain, this.scaleBy, paused);
	}

}
