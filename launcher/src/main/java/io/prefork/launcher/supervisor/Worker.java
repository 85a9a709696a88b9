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
 * @param stage its state, since when and until when
 * @param readySince when it began to serve; {@code null} if it has not
 * @param reasons why it leaves or should
 * @param readings what it said about itself
 */
public record Worker(WorkerId id, Generation generation, Stage stage, @Nullable Duration readySince, Reasons reasons,
		Readings readings) {

	static Worker starting(WorkerId id, Generation generation, Duration now) {
		Stage stage = new Stage(WorkerState.STARTING, now, now.plus(generation.settings().limits().boot()));
		return new Worker(id, generation, stage, null, new Reasons(null, null), new Readings(Vitals.NONE, now, 0));
	}

	public WorkerState state() {
		return this.stage.state();
	}

	/**
	 * When this worker entered its state.
	 * @return the time
	 */
	public Duration since() {
		return this.stage.since();
	}

	/**
	 * Until when this worker may stay in its state without a sign.
	 * @return the time; {@code null} for ever
	 */
	public @Nullable Duration deadline() {
		return this.stage.deadline();
	}

	/**
	 * Why this worker leaves, or will have left.
	 * @return the reason; {@code null} as long as nobody knows
	 */
	public @Nullable Reason why() {
		return this.reasons.why();
	}

	/**
	 * Why this worker has to be replaced.
	 * @return the reason; {@code null} if it need not
	 */
	public @Nullable Reason recycle() {
		return this.reasons.recycle();
	}

	/**
	 * What this worker said about itself last.
	 * @return its vitals
	 */
	public Vitals vitals() {
		return this.readings.vitals();
	}

	Worker enter(WorkerState state, Duration now) {
		boolean begins = state == WorkerState.READY && this.readySince == null;
		return new Worker(this.id, this.generation, new Stage(state, now, deadline(state, now)),
				begins ? now : this.readySince, this.reasons, begins ? this.readings.alive(now) : this.readings);
	}

	Worker until(@Nullable Duration deadline) {
		return new Worker(this.id, this.generation, this.stage.until(deadline), this.readySince, this.reasons,
				this.readings);
	}

	/**
	 * The same with a reason to leave, unless it had one.
	 * @param why the reason
	 * @return the worker
	 */
	Worker because(Reason why) {
		return (why() != null) ? this : with(new Reasons(why, recycle()));
	}

	/**
	 * The same without a reason to leave.
	 * @return the worker
	 */
	Worker forgiven() {
		return with(new Reasons(null, recycle()));
	}

	/**
	 * The same, to be replaced, unless it had to be already.
	 * @param recycle why, or {@code null} if nothing speaks for it
	 * @return the worker
	 */
	Worker recycle(@Nullable Reason recycle) {
		return (recycle() != null) ? this : with(new Reasons(why(), recycle));
	}

	Worker heard(Vitals vitals, Duration silence, Duration now) {
		Duration timeout = this.generation.settings().limits().silence();
		boolean watched = state() == WorkerState.READY || state() == WorkerState.SPARE;
		Duration deadline = (watched && !timeout.isZero()) ? now.minus(silence).plus(timeout) : deadline();
		boolean large = this.generation.settings().recycle().isTooLarge(vitals.rss());
		return new Worker(this.id, this.generation, this.stage.until(deadline), this.readySince, this.reasons,
				new Readings(vitals, now.minus(silence), large ? this.readings.largeSamples() + 1 : 0));
	}

	boolean isReady() {
		return state() == WorkerState.READY;
	}

	/**
	 * Whether this worker is about to be gone since another one takes its place.
	 * @return {@code true} if so
	 */
	boolean isReplaced() {
		return !state().mans() && state() != WorkerState.HUNG && why() != null && why().isReplacement();
	}

	boolean isOverdue(Duration now) {
		return deadline() != null && deadline().compareTo(now) <= 0;
	}

	/**
	 * When this worker is due to be recycled because of its age.
	 * @return the time, or {@code null} for never
	 */
	@Nullable Duration oldAt() {
		Duration limit = this.generation.settings().recycle().ageLimit(fraction());
		return (limit != null && this.readySince != null && isReady() && recycle() == null)
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
		if (policy.isEnough(vitals().requests(), fraction())) {
			return Reason.MAX_REQUESTS;
		}
		if (this.readings.largeSamples() >= RecyclePolicy.RSS_SAMPLES && hasServedWell(now)) {
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

	private Worker with(Reasons reasons) {
		return new Worker(this.id, this.generation, this.stage, this.readySince, reasons, this.readings);
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

	/**
	 * Where a worker is in its life.
	 *
	 * @param state its state
	 * @param since when it entered the state
	 * @param deadline until when it may stay there without a sign; {@code null} for ever
	 */
	public record Stage(WorkerState state, Duration since, @Nullable Duration deadline) {

		private Stage until(@Nullable Duration deadline) {
			return new Stage(this.state, this.since, deadline);
		}

	}

	/**
	 * Why a worker leaves or should.
	 *
	 * @param why why it leaves, or will have left; {@code null} as long as nobody knows
	 * @param recycle why it has to be replaced; {@code null} if it need not
	 */
	public record Reasons(@Nullable Reason why, @Nullable Reason recycle) {

	}

	/**
	 * What a worker said about itself.
	 *
	 * @param vitals the last that it said
	 * @param aliveAt when its most silent event loop last ran, as far as is known
	 * @param largeSamples how many heartbeats in a row showed a resident set that is too
	 * large
	 */
	public record Readings(Vitals vitals, Duration aliveAt, int largeSamples) {

		private Readings alive(Duration now) {
			return new Readings(this.vitals, now, this.largeSamples);
		}

	}

}
