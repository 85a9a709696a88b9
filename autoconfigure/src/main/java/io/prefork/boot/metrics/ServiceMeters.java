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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import io.micrometer.core.instrument.Statistic;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.micrometer.metrics.actuate.endpoint.MetricsEndpoint;
import org.springframework.boot.micrometer.metrics.actuate.endpoint.MetricsEndpoint.MetricDescriptor;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.prefork.boot.actuate.RequestTimes.Served;
import io.prefork.boot.control.PeerAnswers;
import io.prefork.boot.control.PeerRequests;
import io.prefork.boot.lifecycle.WorkerRuntime;

/**
 * The meters of all workers, or of one of them: each reads its own.
 */
public final class ServiceMeters {

	private static final String NAMES = "meter-names";

	private static final String METER = "meter";

	/**
	 * Between the name of a meter and tags, which may have any character but this.
	 */
	private static final String SEPARATOR = "\n";

	private static final String REQUESTS = "http.server.requests";

	private static final String SIZING = "uri:/actuator/sizing";

	private final MetricsEndpoint own;

	private final @Nullable WorkerRuntime worker;

	/**
	 * Create meters, and let other workers ask for those of this one.
	 * @param own reads the meters of this process
	 * @param worker this worker; {@code null} if the process is not one
	 */
	public ServiceMeters(MetricsEndpoint own, @Nullable WorkerRuntime worker) {
		this.own = own;
		this.worker = worker;
		if (worker != null) {
			worker.master().responder().answer(NAMES, (nothing) -> bytes(own.listNames().getNames()));
			worker.master().responder().answer(METER, this::answer);
		}
	}

	/**
	 * Whether there are other workers.
	 * @return {@code false} if the process is not a worker
	 */
	boolean areShared() {
		return this.worker != null;
	}

	/**
	 * The names of meters.
	 * @param slot the slot whose worker is asked; {@code null} for all
	 * @return the names by slot
	 */
	Mono<Readings<SortedSet<String>>> names(@Nullable Integer slot) {
		return read(slot, NAMES, () -> new TreeSet<>(this.own.listNames().getNames()),
				(answer) -> new TreeSet<>(List.of(text(answer).split(SEPARATOR, -1))));
	}

	/**
	 * What meters of one name say.
	 * @param slot the slot whose worker is asked; {@code null} for all
	 * @param name the name
	 * @param tags the tags that they must have, as {@code key:value}
	 * @return what is said by slot; nothing for those that have no such meter
	 */
	Mono<Readings<MeterReading>> meter(@Nullable Integer slot, String name, List<String> tags) {
		List<String> question = new ArrayList<>(List.of(name));
		question.addAll(tags);
		return read(slot, METER + " " + String.join(SEPARATOR, question), () -> reading(name, tags),
				(answer) -> (answer.length > 0) ? MeterReading.read(answer) : null);
	}

	/**
	 * What all workers have answered up to now, but for the requests for just that, which
	 * take long.
	 * @return the requests and their times
	 */
	public Mono<Served> served() {
		return Mono.zip(served(List.of()), served(List.of(SIZING)), Served::minus);
	}

	private Mono<Served> served(List<String> tags) {
		return meter(null, REQUESTS, tags).map((readings) -> {
			MeterReading together = MeterReading.together(List.copyOf(readings.bySlot().values()));
			return (together != null) ? new Served(together.measurements().getOrDefault(Statistic.COUNT, 0.0),
					together.measurements().getOrDefault(Statistic.TOTAL_TIME, 0.0)) : Served.NONE;
		});
	}

	private <T> Mono<Readings<T>> read(@Nullable Integer slot, String question, Reader<T> own,
			Function<byte[], @Nullable T> parse) {
		WorkerRuntime worker = this.worker;
		String mine = (worker != null) ? worker.slot() : "";
		boolean wanted = slot == null || mine.equals(slot.toString());
		Mono<Readings<T>> here = Mono.fromCallable(() -> {
			Readings<T> readings = new Readings<>(new TreeMap<>(), Set.of());
			T reading = wanted ? own.read() : null;
			if (reading != null) {
				readings.bySlot().put(mine, reading);
			}
			return readings;
		}).subscribeOn(Schedulers.boundedElastic());
		if (worker == null || (slot != null && wanted)) {
			return here;
		}
		PeerRequests peers = worker.master().peers();
		return Mono
			.zip(here,
					Mono.fromFuture(() -> (slot != null) ? peers.ask(slot, question, PeerRequests.LIMIT)
							: peers.ask(question, PeerRequests.LIMIT)))
			.map((both) -> merge(both.getT1(), both.getT2(), parse));
	}

	private static <T> Readings<T> merge(Readings<T> here, PeerAnswers others, Function<byte[], @Nullable T> parse) {
		others.answers().forEach((slot, answer) -> {
			T reading = parse.apply(answer);
			if (reading != null) {
				here.bySlot().put(slot.toString(), reading);
			}
		});
		return new Readings<>(here.bySlot(), others.missing());
	}

	private @Nullable MeterReading reading(String name, List<String> tags) {
		MetricDescriptor meter = this.own.metric(name, tags);
		return (meter != null) ? MeterReading.of(meter) : null;
	}

	private byte[] answer(String question) {
		List<String> words = List.of(question.split(SEPARATOR, -1));
		MeterReading reading = reading(words.get(0), words.subList(1, words.size()));
		return (reading != null) ? reading.toByteArray() : new byte[0];
	}

	private static byte[] bytes(Set<String> names) {
		return String.join(SEPARATOR, names).getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	/**
	 * Reads something of this process.
	 *
	 * @param <T> what is read
	 */
	private interface Reader<T> {

		@Nullable T read();

	}

	/**
	 * What workers say.
	 *
	 * @param <T> what each says
	 * @param bySlot what they say by slot
	 * @param missing the slots whose workers have not answered in time
	 */
	record Readings<T>(Map<String, T> bySlot, Set<Integer> missing) {

	}

}
