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

package io.prefork.status;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The process of a worker.
 *
 * @param pid its process id
 * @param incarnation its number within its slot, from 1
 * @param generation its generation
 * @param leader whether it is the leader
 * @param startedAt when it was started
 * @param archived whether it uses an archive of classes; {@code null} as long as that is
 * not known
 * @param readyAt when it began to serve; {@code null} if it has not
 * @param usage what it has of the machine; {@code null} if it has ended meanwhile, or
 * nobody asked for that
 */
public record ProcessStatus(long pid, int incarnation, int generation, boolean leader, Instant startedAt,
		@Nullable Boolean archived, @Nullable Instant readyAt, @Nullable Usage usage) {

	/**
	 * What a process has of the machine.
	 *
	 * @param cpu the CPU time that it has used, in user and system mode
	 * @param rss its resident set in bytes, shared pages included
	 * @param pss its proportional set in bytes: of each shared page its share only, see
	 * proc(5), smaps_rollup; 0 if the system does not tell
	 */
	public record Usage(Duration cpu, long rss, long pss) {

		/**
		 * The memory that it has: of shared pages its share, if the system tells.
		 * @return bytes
		 */
		public long memory() {
			return (this.pss > 0) ? this.pss : this.rss;
		}

	}

}
