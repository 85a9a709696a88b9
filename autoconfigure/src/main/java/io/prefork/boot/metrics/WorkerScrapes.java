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

import java.util.Optional;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import reactor.core.publisher.Mono;

import io.prefork.boot.control.MasterNotAvailableException;
import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.status.ServiceStatus;

/**
 * Scrapes all workers.
 */
interface WorkerScrapes {

	/**
	 * Scrape all workers.
	 * @param scrape what is wanted
	 * @return the metrics, with their format
	 */
	Mono<WebEndpointResponse<byte[]>> scrape(Scrape scrape);

	/**
	 * Ask the master how the service is.
	 * @param worker this worker
	 * @return the state of the service; empty if the master does not answer
	 */
	static Mono<Optional<ServiceStatus>> status(WorkerRuntime worker) {
		return Mono.fromFuture(() -> worker.master().service().figures())
			.map(Optional::of)
			.onErrorReturn(MasterNotAvailableException.class, Optional.empty());
	}

}
