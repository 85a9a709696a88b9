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

package io.prefork.boot.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.prefork.boot.work.RequestWork;

/**
 * Meters of how this process handles requests.
 *
 * @param work how it does
 */
public record WorkMeters(RequestWork work) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder("prefork.worker.request.timeouts", this.work, RequestWork::timedOut)
			.description("Requests that have taken longer than prefork.request-timeout")
			.register(registry);
		FunctionCounter.builder("prefork.worker.request.rejections", this.work, RequestWork::rejected)
			.description("Requests answered with 503 because too many waited for a thread")
			.register(registry);
		Gauge.builder("prefork.worker.waiting.requests", this.work, RequestWork::waiting)
			.description("Requests that wait for a thread")
			.register(registry);
	}

}
