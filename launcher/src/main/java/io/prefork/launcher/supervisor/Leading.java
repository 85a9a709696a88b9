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

import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the leader among the ready workers. It stays as long as it is one of them; then
 * the one follows that is likely to stay longest. That the old one has stopped before the
 * new one begins, the workers see to among themselves.
 */
final class Leading {

	private final Draft draft;

	Leading(Draft draft) {
		this.draft = draft;
	}

	void choose() {
		WorkerId leader = this.draft.state().roles().leader();
		Worker leading = (leader != null) ? this.draft.state().find(leader) : null;
		if (leading != null && leading.isReady()) {
			return;
		}
		if (leading != null) {
			this.draft.add(new Decision.Lead(leading.id(), false));
		}
		WorkerId next = next();
		this.draft.roles(this.draft.state().roles().leader(next));
		if (next != null) {
			this.draft.add(new Decision.Lead(next, true));
		}
	}

	private @Nullable WorkerId next() {
		if (!this.draft.state().runs()) {
			return null;
		}
		int goal = this.draft.goal().number();
		return this.draft.state()
			.wanted()
			.flatMap((slot) -> slot.workers().stream())
			.filter(Worker::isReady)
			.min(Comparator.<Worker, Boolean>comparing((worker) -> worker.generation().number() != goal)
				.thenComparing((worker) -> worker.recycle() != null))
			.map(Worker::id)
			.orElse(null);
	}

}
