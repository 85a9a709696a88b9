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

package io.prefork.boot.leader;

/**
 * Whether this process is the leader: the one worker of a service that runs what must run
 * once at a time. The master chooses it among the ready workers; it stays leader until it
 * drains, hangs or dies, and the next one begins only when it has stopped. A process that
 * is no worker always leads. Thread-safe.
 */
public interface Leadership {

	/**
	 * That of a process that is no worker.
	 */
	Leadership ALWAYS = new Leadership() {

		@Override
		public boolean isLeader() {
			return true;
		}

		@Override
		public boolean run(Runnable work) {
			work.run();
			return true;
		}

	};

	/**
	 * Whether this process leads now. It may stop to at any time: work that must not
	 * overlap with that of another leader goes into {@link #run}.
	 * @return {@code true} for at most one worker of the service
	 */
	boolean isLeader();

	/**
	 * Run something if this process leads, which goes on leading meanwhile: the next
	 * leader begins after that. Once it is asked to stop, by its drain for instance,
	 * nothing more is begun.
	 * @param work what to run, on the calling thread; what it throws is passed on
	 * @return {@code false} if this process does not lead, so that nothing was run
	 */
	boolean run(Runnable work);

}
