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

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.prefork.boot.control.PeerAnswers;
import io.prefork.boot.control.PeerRequests;
import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.status.ServiceStatus;

/**
 * The metrics of each worker, with its slot as a label: each renders its own in the
 * format that is asked for, and what they render is put together.
 */
final class ScrapePerWorker implements WorkerScrapes {

	private static final String SUBJECT = "prometheus";

	private final PrometheusRegistry own;

	private final @Nullable Properties properties;

	private final WorkerRuntime worker;

	ScrapePerWorker(PrometheusRegistry registry, @Nullable Properties properties, WorkerRuntime worker) {
		this.own = new LabelledRegistry(registry, worker::slot);
		this.properties = properties;
		this.worker = worker;
		worker.master().responder().answer(SUBJECT, (question) -> Scrape.parse(question).render(this.own, properties));
	}

	@Override
	public Mono<WebEndpointResponse<byte[]>> scrape(Scrape scrape) {
		// To render takes too long for an event loop.
		Mono<byte[]> document = Mono.fromCallable(() -> scrape.render(this.own, this.properties))
			.subscribeOn(Schedulers.boundedElastic());
		Mono<PeerAnswers> others = Mono
			.fromFuture(() -> this.worker.master().peers().ask(SUBJECT + " " + scrape, PeerRequests.LIMIT));
		return Mono.zip(document, others, WorkerScrapes.status(this.worker))
			.publishOn(Schedulers.boundedElastic())
			.map((all) -> new WebEndpointResponse<>(merge(scrape, all.getT1(), all.getT2(), all.getT3()),
					scrape.format()));
	}

	private byte[] merge(Scrape scrape, byte[] document, PeerAnswers others, Optional<ServiceStatus> status) {
		Map<String, byte[]> documents = new TreeMap<>(Map.of(this.worker.slot(), document));
		others.answers().forEach((other, answer) -> documents.put(other.toString(), answer));
		byte[] last = scrape.render(ServiceMetrics.of(documents.keySet(), others.missing(), status.orElse(null)),
				this.properties);
		Exposition merged = (scrape.format() == PrometheusOutputFormat.CONTENT_TYPE_PROTOBUF) ? new ProtobufExposition()
				: new TextExposition();
		documents.values().forEach(merged::add);
		merged.add(last);
		return merged.toByteArray();
	}

}
