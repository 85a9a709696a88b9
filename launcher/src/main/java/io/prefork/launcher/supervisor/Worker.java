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
 * One worker whose process has not ended, as the supervisor sees it. All times count from
 * the start of the master.
 *
 * @param id the worker
 * @param generation its generation, with the settings that it was started with
 * @param state its state
 * @param since when it entered the state
 * @param deadline until when it may stay there without a sign; {@code null} for ever
 * @param readySince when it began to serve; {@code null} if it has not
 * @param why why it leaves, or will have left; {@code null} as long as nobody knows
 * @param recycle why it has to be replaced; {@code null} if it need not
 * @param vitals what it said about itself last
 * @param largeSamples how many heartbeats in a row showed a resident set that is too
 * large
 */
public record Worker(WorkerId id, Generation generation, WorkerState state, Duration since, @Nullable Duration deadline,
		@Nullable Duration readySince, @Nullable Reason why, @Nullable Reason recycle, Vitals vitals,
		int largeSamples) {

	static Worker starting(WorkerId id, Generation generation, Duration now) {
		return new Worker(id, generation, WorkerState.STARTING, now, now.plus(generation.settings().limits().boot()),
				null, null, null, Vitals.NONE, 0);
	}

	Worker enter(WorkerState state, Duration now) {
		boolean begins = state == WorkerState.READY && this.readySince == null;
		return new Worker(this.id, this.generation, state, now, deadline(state, now), begins ? now : this.readySince,
				this.why, this.recycle, this.vitals, this.largeSamples);
	}

	Worker until(@Nullable Duration deadline) {
		return new Worker(this.id, this.generation, this.state, this.since, deadline, this.readySince, this.why,
				this.recycle, this.vitals, this.largeSamples);
	}

	/**
	 * The same with a reason to leave, unless it had one.
	 * @param why the reason
	 * @return the worker
	 */
	Worker because(Reason why) {
		return (this.why != null) ? this : new Worker(this.id, this.generation, this.state, this.since, this.deadline,
				this.readySince, why, this.recycle, this.vitals, this.largeSamples);
	}

	/**
	 * The same without a reason to leave.
	 * @return the worker
	 */
	Worker forgiven() {
		return new Worker(this.id, this.generation, this.state, this.since, this.deadline, this.readySince, null,
				this.recycle, this.vitals, this.largeSamples);
	}

	/**
	 * The same, to be replaced.
	 * @param recycle why, or {@code null} if nothing speaks for it
	 * @return the worker
	 */
	Worker recycle(@Nullable Reason recycle) {
		return new Worker(this.id, this.generation, this.state, this.since, this.deadline, this.readySince, this.why,
				(this.recycle != null) ? this.recycle : recycle, this.vitals, this.largeSamples);
	}

	Worker heard(Vitals vitals, Duration silence, Duration now) {
		Duration timeout = this.generation.settings().limits().silence();
		boolean watched = this.state == WorkerState.READY || this.state == WorkerState.SPARE;
		Duration deadline = (watched && !timeout.isZero()) ? now.minus(silence).plus(timeout) : this.deadline;
		boolean large = this.generation.settings().recycle().isTooLarge(vitals.rss());
		return new Worker(this.id, this.generation, this.state, this.since, deadline, this.readySince, this.why,
				this.recycle, vitals, large ? this.largeSamples + 1 : 0);
	}

	boolean isReady() {
		return this.state == WorkerState.READY;
	}

	boolean isOverdue(Duration now) {
		return this.deadline != null && this.deadline.compareTo(now) <= 0;
	}

	/**
	 * When this worker is due to be recycled because of its age.
	 * @return the time, or {@code null} for never
	 */
	@Nullable Duration oldAt() {
		Duration limit = this.generation.settings().recycle().ageLimit(fraction());
		return (limit != null && this.readySince != null && isReady() && this.recycle == null)
				? this.readySince.plus(limit) : null;
	}

	/**
	 * Why this worker is due to be recycled.
	 * @param now the time
	 * @return the reason, or {@code null}
	 */
	@Nullable Reason recycleReason(Duration now) {
		RecyclePolicy policy = this.generation.settings().recycle();
		Duration oldAt = oldAt();
		if (!isReady()) {
			return null;
		}
		if (policy.isEnough(this.vitals.requests(), fraction())) {
			return Reason.MAX_REQUESTS;
		}
		if (this.largeSamples >= RecyclePolicy.RSS_SAMPLES && hasServedWell(now)) {
			return Reason.MAX_RSS;
		}
		return (oldAt != null && oldAt.compareTo(now) <= 0) ? Reason.MAX_AGE : null;
	}

	/**
	 * Whether this worker has served for a while: if every worker is too large from the
	 * start, to replace it at once would never end.
	 * @param now the time
	 * @return {@code true} if it has
	 */
	private boolean hasServedWell(Duration now) {
		Duration resetAfter = this.generation.settings().restart().resetAfter();
		return this.readySince != null && this.readySince.plus(resetAfter).compareTo(now) <= 0;
	}

	private double fraction() {
		return Jitter.fraction(this.generation.seed(), this.id.place().wire(), this.id.incarnation());
	}

	private @Nullable Duration deadline(WorkerState state, Duration now) {
		TimeLimits limits = this.generation.settings().limits();
		return switch (state) {
			case STARTING, HUNG -> now.plus(limits.boot());
			case READY, SPARE -> limits.silence().isZero() ? null : now.plus(limits.silence());
			case DRAINING -> now.plus(limits.drain());
			case TERMINATING, KILLING -> now.plus(TimeLimits.SIGNAL_GRACE);
			case GONE -> null;
		};
	}

}
