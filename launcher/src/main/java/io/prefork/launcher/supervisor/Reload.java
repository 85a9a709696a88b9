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

import org.jspecify.annotations.Nullable;

/**
 * A reload under way.
 *
 * @param number the number of the new generation
 * @param stage how far it has come
 * @param startedAt when it began
 * @param deadline when it has to be done
 * @param next the new generation, as soon as it is known
 * @param canary its first worker, as soon as there is one
 * @param watchedUntil until when the canary is watched; {@code null} if it does not serve
 * yet
 */
public record Reload(int number, Stage stage, Duration startedAt, Duration deadline, @Nullable Generation next,
		@Nullable WorkerId canary, @Nullable Duration watchedUntil) {

	Reload prepared(Generation next, Stage stage) {
		return new Reload(this.number, stage, this.startedAt, this.startedAt.plus(next.settings().reload().timeout()),
				next, null, null);
	}

	Reload starts(WorkerId canary) {
		return new Reload(this.number, this.stage, this.startedAt, this.deadline, this.next, canary, null);
	}

	Reload watches(Duration until) {
		return new Reload(this.number, Stage.WATCHING, this.startedAt, this.deadline, this.next, this.canary, until);
	}

	Reload rolls() {
		return new Reload(this.number, Stage.ROLLING, this.startedAt, this.deadline, this.next, this.canary, null);
	}

	Reload delayed(Duration by) {
		return new Reload(this.number, this.stage, this.startedAt, this.deadline.plus(by), this.next, this.canary,
				(this.watchedUntil != null) ? this.watchedUntil.plus(by) : null);
	}

	/**
	 * How far a reload has come.
	 */
	public enum Stage {

		/**
		 * The application is copied and asked for its settings.
		 */
		PREPARING,

		/**
		 * The first new worker boots.
		 */
		CANARY,

		/**
		 * The first new worker serves beside the old ones.
		 */
		WATCHING,

		/**
		 * The other slots follow.
		 */
		ROLLING

	}

}
