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

package io.prefork.launcher.top;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.operator.Rates;
import io.prefork.status.ServiceStatus;

/**
 * What is shown. Not thread-safe.
 */
final class TopState {

	private static final int SECONDS = 24;

	private final Sparkline requests = new Sparkline(SECONDS);

	private ServiceStatus status;

	private Instant at;

	private Rates rates = Rates.NONE;

	private int chosen;

	private String message = "";

	private @Nullable Question question;

	TopState(ServiceStatus status, Instant at) {
		this.status = status;
		this.at = at;
	}

	/**
	 * Show the service as it is now.
	 * @param fresh its state
	 * @param now what time it is
	 */
	void update(ServiceStatus fresh, Instant now) {
		this.rates = Rates.between(this.status, fresh, Duration.between(this.at, now));
		this.requests.add(this.rates.total().requests());
		this.status = fresh;
		this.at = now;
		choose(0);
	}

	/**
	 * Choose another slot.
	 * @param step how many slots further down
	 */
	void choose(int step) {
		this.chosen = Math.max(0, Math.min(this.status.master().workers() - 1, this.chosen + step));
	}

	void say(String text) {
		this.message = text;
		this.question = null;
	}

	void ask(Question asked) {
		this.question = asked;
	}

	@Nullable Question question() {
		return this.question;
	}

	String message() {
		return (this.question != null) ? this.question.text() + " (y/n)" : this.message;
	}

	ServiceStatus status() {
		return this.status;
	}

	Instant at() {
		return this.at;
	}

	Rates rates() {
		return this.rates;
	}

	String requests() {
		return this.requests.text();
	}

	int chosen() {
		return this.chosen;
	}

	/**
	 * Something to be confirmed.
	 *
	 * @param text what it is
	 * @param action does it
	 */
	record Question(String text, Action action) {

	}

}
