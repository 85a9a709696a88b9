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

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.prefork.boot.control.PeerAnswers;
import io.prefork.boot.control.PeerRequests;
import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.metrics.TextTotals;
import io.prefork.protocol.FromPeers;
import io.prefork.status.ServiceStatus;

/**
 * What all workers have together, those that are gone included: each renders its own
 * metrics in a text format, which are added up. There are no totals in protobuf;
 * OpenMetrics takes its place.
 */
final class ScrapeTotals implements WorkerScrapes {

	private static final String SUBJECT = "totals";

	private final PrometheusRegistry own;

	private final @Nullable Properties properties;

	private final WorkerRuntime worker;

	ScrapeTotals(PrometheusRegistry registry, @Nullable Properties properties, WorkerRuntime worker) {
		this.own = registry;
		this.properties = properties;
		this.worker = worker;
		worker.master().responder().answer(SUBJECT, (format) -> Scrape.parse(format).render(registry, properties));
		for (PrometheusOutputFormat format : List.of(PrometheusOutputFormat.CONTENT_TYPE_004,
				PrometheusOutputFormat.CONTENT_TYPE_OPENMETRICS_100)) {
			worker.master().responder().answerAtTheEnd(question(format));
		}
	}

	@Override
	public Mono<WebEndpointResponse<byte[]>> scrape(Scrape scrape) {
		PrometheusOutputFormat format = (scrape.format() == PrometheusOutputFormat.CONTENT_TYPE_PROTOBUF)
				? PrometheusOutputFormat.CONTENT_TYPE_OPENMETRICS_100 : scrape.format();
		// All of it, whatever is wanted: the master keeps it.
		Scrape all = new Scrape(format, null);
		return Mono.fromCallable(() -> all.render(this.own, this.properties))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((document) -> Mono
				.zip(Mono.fromFuture(
						() -> this.worker.master().peers().totals(question(format), document, PeerRequests.LIMIT)),
						WorkerScrapes.status(this.worker))
				.publishOn(Schedulers.boundedElastic())
				.map((others) -> new WebEndpointResponse<>(
						sum(new Scrape(format, scrape.includedNames()), document, others.getT1(), others.getT2()),
						format)));
	}

	private byte[] sum(Scrape scrape, byte[] document, PeerAnswers others, Optional<ServiceStatus> status) {
		TextTotals totals = new TextTotals();
		totals.add(document);
		Map<Integer, byte[]> answers = new TreeMap<>(others.answers());
		byte[] gone = answers.remove(FromPeers.PeerPart.GONE);
		answers.values().forEach(totals::add);
		if (gone != null) {
			totals.addGone(gone);
		}
		Set<String> scraped = new TreeSet<>(Set.of(this.worker.slot()));
		answers.keySet().forEach((slot) -> scraped.add(slot.toString()));
		Set<Integer> missing = new TreeSet<>(others.missing());
		missing.remove(FromPeers.PeerPart.GONE);
		TextExposition whole = new TextExposition();
		whole.add(totals.toByteArray());
		whole.add(scrape.render(ServiceMetrics.of(scraped, missing, status.orElse(null)), this.properties));
		return whole.toByteArray(scrape.includedNames());
	}

	private static String question(PrometheusOutputFormat format) {
		return SUBJECT + " " + format.name();
	}

}
