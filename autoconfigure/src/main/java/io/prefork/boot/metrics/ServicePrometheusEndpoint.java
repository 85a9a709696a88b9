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

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.prefork.boot.control.PeerAnswers;
import io.prefork.boot.lifecycle.WorkerRuntime;

/**
 * Makes a scrape of any worker one of all workers: each renders its own metrics with its
 * slot as a label, in the format that was asked for, and what they render is put
 * together. A worker that does not answer in time is missing, which a metric says.
 */
@EndpointWebExtension(endpoint = PrometheusScrapeEndpoint.class)
public class ServicePrometheusEndpoint {

	/**
	 * How long other workers have to answer.
	 */
	static final Duration LIMIT = Duration.ofSeconds(2);

	private static final String SUBJECT = "prometheus";

	private final PrometheusScrapeEndpoint own;

	private final @Nullable Properties properties;

	private final @Nullable WorkerRuntime worker;

	/**
	 * Create an endpoint, and let other workers ask for the metrics of this one.
	 * @param registry the metrics of this process
	 * @param properties those of the Prometheus client; {@code null} for its defaults
	 * @param worker this worker; {@code null} if the process is not one
	 */
	public ServicePrometheusEndpoint(PrometheusRegistry registry, @Nullable Properties properties,
			@Nullable WorkerRuntime worker) {
		this.properties = properties;
		this.worker = worker;
		if (worker == null) {
			this.own = new PrometheusScrapeEndpoint(registry, properties);
		}
		else {
			this.own = new PrometheusScrapeEndpoint(new LabelledRegistry(registry, worker::slot), properties);
			worker.master().responder().answer(SUBJECT, this::answer);
		}
	}

	/**
	 * Render the metrics of all workers.
	 * @param format the format
	 * @param includedNames the names of the wanted metrics; {@code null} for all
	 * @return the metrics
	 */
	@ReadOperation(producesFrom = PrometheusOutputFormat.class)
	public Mono<WebEndpointResponse<byte[]>> scrape(PrometheusOutputFormat format,
			@Nullable Set<String> includedNames) {
		// To render takes too long for an event loop.
		Mono<byte[]> document = Mono.fromCallable(() -> render(this.own, format, includedNames))
			.subscribeOn(Schedulers.boundedElastic());
		WorkerRuntime worker = this.worker;
		if (worker == null) {
			return document.map((content) -> new WebEndpointResponse<>(content, format));
		}
		Mono<PeerAnswers> others = Mono
			.fromFuture(() -> worker.master().peers().ask(question(format, includedNames), LIMIT));
		return Mono.zip(document, others)
			.publishOn(Schedulers.boundedElastic())
			.map((all) -> new WebEndpointResponse<>(
					merge(format, includedNames, worker.slot(), all.getT1(), all.getT2()), format));
	}

	private byte[] merge(PrometheusOutputFormat format, @Nullable Set<String> includedNames, String slot,
			byte[] document, PeerAnswers others) {
		Map<String, byte[]> documents = new TreeMap<>(Map.of(slot, document));
		others.answers().forEach((other, answer) -> documents.put(other.toString(), answer));
		Map<String, Boolean> scraped = new TreeMap<>();
		documents.keySet().forEach((there) -> scraped.put(there, true));
		others.missing().forEach((missing) -> scraped.put(missing.toString(), false));
		byte[] last = render(new PrometheusScrapeEndpoint(new ScrapedWorkers(scraped), this.properties), format,
				includedNames);
		if (format == PrometheusOutputFormat.CONTENT_TYPE_PROTOBUF) {
			ProtobufExposition merged = new ProtobufExposition();
			documents.values().forEach(merged::add);
			merged.add(last);
			return merged.toByteArray();
		}
		TextExposition merged = new TextExposition();
		documents.values().forEach(merged::add);
		merged.add(last);
		return merged.toByteArray();
	}

	private byte[] answer(String question) {
		String[] words = question.split(" ", 2);
		Set<String> names = (words.length > 1) ? new LinkedHashSet<>(Arrays.asList(words[1].split(",", -1))) : null;
		return render(this.own, PrometheusOutputFormat.valueOf(words[0]), names);
	}

	private static String question(PrometheusOutputFormat format, @Nullable Set<String> includedNames) {
		return (includedNames != null) ? "%s %s %s".formatted(SUBJECT, format.name(), String.join(",", includedNames))
				: "%s %s".formatted(SUBJECT, format.name());
	}

	private static byte[] render(PrometheusScrapeEndpoint endpoint, PrometheusOutputFormat format,
			@Nullable Set<String> includedNames) {
		return Objects.requireNonNull(endpoint.scrape(format, includedNames).getBody());
	}

}
