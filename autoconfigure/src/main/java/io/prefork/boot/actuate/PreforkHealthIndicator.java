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

package io.prefork.boot.actuate;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.publisher.Mono;

import io.prefork.boot.control.MasterNotAvailableException;
import io.prefork.boot.control.ServiceRequests;
import io.prefork.status.ServiceStatus;

/**
 * Health of the whole service: up as long as any slot has a ready worker, with what each
 * slot does as details, since one worker that is ill is no reason to take the others out.
 * Unknown where there is no master to ask.
 */
public class PreforkHealthIndicator extends AbstractReactiveHealthIndicator {

	private final @Nullable ServiceRequests service;

	/**
	 * Create an indicator.
	 * @param service the way to the master; {@code null} if the process is not a worker
	 */
	public PreforkHealthIndicator(@Nullable ServiceRequests service) {
		super("The master could not be asked how the service is");
		this.service = service;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		ServiceRequests service = this.service;
		if (service == null) {
			return Mono.just(builder.unknown().withDetail("reason", "runs as one process").build());
		}
		return Mono.fromFuture(service::summary)
			.map((status) -> health(builder, status))
			.onErrorResume(MasterNotAvailableException.class,
					(ex) -> Mono.just(builder.unknown().withDetail("reason", String.valueOf(ex.getMessage())).build()));
	}

	private static Health health(Health.Builder builder, ServiceStatus status) {
		Map<Integer, String> slots = new TreeMap<>();
		status.workers()
			.forEach((worker) -> slots.merge(worker.slot(), worker.state(), (one, other) -> one + ", " + other));
		Health.Builder health = (status.master().ready() > 0) ? builder.up() : builder.outOfService();
		return health.withDetail("phase", status.master().phase())
			.withDetail("generation", status.master().generation())
			.withDetail("workers", status.master().workers())
			.withDetail("ready", status.master().ready())
			.withDetail("slots", slots)
			.build();
	}

}
