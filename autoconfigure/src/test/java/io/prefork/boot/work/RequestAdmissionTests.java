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

package io.prefork.boot.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RequestAdmission}.
 */
class RequestAdmissionTests {

	private final RequestAdmission admission = new RequestAdmission(1, 1);

	private final List<String> begun = new ArrayList<>();

	private final Sinks.Empty<Void> firstEnds = Sinks.empty();

	@Test
	void whenAPlaceIsFreeThenTheOneThatWaitsGetsIt() {
		request("first", this.firstEnds.asMono()).subscribe();
		request("second", Mono.never()).subscribe();
		assertThat(this.begun).containsExactly("first");
		assertThat(this.admission.waiting()).isOne();

		this.firstEnds.tryEmitEmpty();

		assertThat(this.begun).containsExactly("first", "second");
		assertThat(this.admission.waiting()).isZero();
	}

	@Test
	void whenTooManyWaitThenTheNextIsRejected() {
		request("first", Mono.never()).subscribe();
		request("second", Mono.never()).subscribe();

		assertThatExceptionOfType(TooManyRequestsException.class)
			.isThrownBy(() -> request("third", Mono.empty()).block(Duration.ofSeconds(10)));
		assertThat(this.admission.rejected()).isOne();
	}

	@Test
	void whenOneThatWaitsIsCancelledThenItNeverBegins() {
		request("first", this.firstEnds.asMono()).subscribe();
		request("second", Mono.never()).subscribe().dispose();
		request("third", Mono.never()).subscribe();

		this.firstEnds.tryEmitEmpty();

		assertThat(this.begun).containsExactly("first", "third");
	}

	@Test
	void whenOneFailsOrIsCancelledThenItsPlaceIsFree() {
		Disposable first = request("first", Mono.never()).subscribe();
		first.dispose();
		request("second", Mono.error(new IllegalStateException())).subscribe((end) -> {
		}, (ex) -> {
		});
		request("third", Mono.empty()).subscribe();

		assertThat(this.begun).containsExactly("first", "second", "third");
	}

	@Test
	void whenOneGivesItsPlaceBackThenItCountsOnce() {
		this.admission.admit((leave) -> {
			leave.run();
			return this.firstEnds.asMono();
		}).subscribe();
		request("second", Mono.never()).subscribe();
		this.firstEnds.tryEmitEmpty();
		request("third", Mono.never()).subscribe();

		assertThat(this.begun).containsExactly("second");
	}

	@Test
	void whenOneIsCancelledBeforeItHasComeThenItTakesNoPlace() {
		request("first", this.firstEnds.asMono()).subscribe();
		request("second", Mono.never()).subscribe();
		for (int i = 0; i < 10; i++) {
			request("cancelled", Mono.never()).subscribe(new BaseSubscriber<>() {

				@Override
				protected void hookOnSubscribe(Subscription subscription) {
					cancel();
				}

			});
		}
		assertThat(this.begun).containsExactly("first");

		this.firstEnds.tryEmitEmpty();

		assertThat(this.begun).containsExactly("first", "second");
	}

	@Test
	void whenManyComeAndGoThenNoPlaceIsLost() {
		RequestAdmission many = new RequestAdmission(3, Integer.MAX_VALUE);
		AtomicInteger active = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		List<Disposable> cancelled = new ArrayList<>();
		List<Mono<Void>> ends = new ArrayList<>();
		for (int i = 0; i < 3000; i++) {
			Mono<Void> request = many.admit((leave) -> Mono.<Void>fromRunnable(() -> {
				most.accumulateAndGet(active.incrementAndGet(), Math::max);
				Thread.onSpinWait();
				active.decrementAndGet();
			}).subscribeOn(Schedulers.parallel()));
			if (i % 3 == 0) {
				cancelled.add(request.subscribe());
			}
			else {
				ends.add(request.cache());
				ends.get(ends.size() - 1).subscribe();
			}
			if (i % 7 == 0) {
				cancelled.forEach(Disposable::dispose);
			}
		}

		Mono.when(ends).block(Duration.ofMinutes(1));
		cancelled.forEach(Disposable::dispose);

		assertThat(most.get()).isBetween(1, 3);
		List<String> after = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			many.admit((leave) -> Mono.fromRunnable(() -> after.add("begun")).then(Mono.never())).subscribe();
		}
		assertThat(after).hasSize(3);
		assertThat(many.waiting()).isZero();
	}

	private Mono<Void> request(String name, Mono<Void> end) {
		return this.admission.admit((leave) -> {
			this.begun.add(name);
			return end;
		});
	}

}
