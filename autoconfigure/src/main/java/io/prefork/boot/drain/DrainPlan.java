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

package io.prefork.boot.drain;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How this worker drains when its turn comes. The master may change its mind while the
 * drain is under way: a budget of zero ends it. Thread-safe.
 */
public final class DrainPlan {

	private static final int IDLE_SHARE_OF_BUDGET = 4;

	private final CompletableFuture<Void> hurry = new CompletableFuture<>();

	private volatile Terms terms;

	/**
	 * Create the plan of a worker that is told to end by somebody else than its master:
	 * other workers go on serving, so idle connections may wait long for their last
	 * request.
	 * @param delay the wait before the worker stops accepting
	 * @param budget the time to finish what is in flight
	 */
	public DrainPlan(Duration delay, Duration budget) {
		this.terms = new Terms(delay, budget, budget.minus(budget.dividedBy(IDLE_SHARE_OF_BUDGET)), false);
	}

	/**
	 * The terms as they are now.
	 * @return the terms
	 */
	public Terms terms() {
		return this.terms;
	}

	/**
	 * Change the terms because the master wants it.
	 * @param delay the wait before the worker stops accepting
	 * @param budget the time to finish what is in flight; zero for none
	 * @param idleGrace how long idle connections may wait for one more request
	 * @param lastCall whether the whole service stops, so that nobody else will serve
	 * what waits in the accept queue
	 */
	public void change(Duration delay, Duration budget, Duration idleGrace, boolean lastCall) {
		this.terms = new Terms(delay, budget, idleGrace, lastCall);
		if (budget.isZero()) {
			this.hurry.complete(null);
		}
	}

	/**
	 * Wait until the time is over, something is done, or there is no time any more.
	 * @param time how long to wait at most
	 * @param done what makes waiting unnecessary
	 * @return whether it is done
	 */
	public boolean await(Duration time, CompletableFuture<?> done) {
		try {
			CompletableFuture.anyOf(done, this.hurry).get(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Exception ex) {
			// Time is over.
		}
		return done.isDone();
	}

	/**
	 * The terms of a drain.
	 *
	 * @param delay the wait before the worker stops accepting
	 * @param budget the time to finish what is in flight
	 * @param idleGrace how long idle connections may wait for one more request
	 * @param lastCall whether nobody else will serve the connections that wait in the
	 * accept queue
	 */
	public record Terms(Duration delay, Duration budget, Duration idleGrace, boolean lastCall) {

	}

}
