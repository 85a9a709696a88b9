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
 * How and why the master ends.
 */
public sealed interface Ending {

	/**
	 * The exit code of the master, see {@link ExitCodes}.
	 * @return the exit code
	 */
	int exitCode();

	/**
	 * The operator asked for it.
	 */
	record Requested() implements Ending {

		@Override
		public int exitCode() {
			return ExitCodes.STOPPED;
		}

	}

	/**
	 * Another master is in charge.
	 */
	record HandedOver() implements Ending {

		@Override
		public int exitCode() {
			return ExitCodes.STOPPED;
		}

	}

	/**
	 * An address can't be bound.
	 *
	 * @param reason what failed and what to do
	 */
	record BindFailed(String reason) implements Ending {

		@Override
		public int exitCode() {
			return ExitCodes.BIND_FAILED;
		}

	}

	/**
	 * No worker of the first generation could boot.
	 *
	 * @param place the place of the last one
	 * @param exit how that one ended
	 */
	record NobodyBooted(Place place, WorkerExit exit) implements Ending {

		@Override
		public int exitCode() {
			return ExitCodes.BOOT_FAILED;
		}

	}

	/**
	 * No worker has been ready for long.
	 *
	 * @param since for how long
	 * @param losses how many workers were lost meanwhile
	 * @param last the last of them, if there was one
	 */
	record CrashLoop(Duration since, int losses, @Nullable Departure last) implements Ending {

		@Override
		public int exitCode() {
			return ExitCodes.CRASH_LOOP;
		}

	}

}
