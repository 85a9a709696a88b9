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

package io.prefork.boot.broadcast;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ServiceBroadcast} in a process that is no worker.
 */
class ServiceBroadcastTests {

	private final ServiceBroadcast broadcast = new ServiceBroadcast(null);

	@Test
	void whenPublishedThenSubscribersOfTheTopicGetIt() {
		List<String> heard = new CopyOnWriteArrayList<>();
		this.broadcast.publish("news", "too early");
		Disposable first = this.broadcast.messages("news").subscribe((message) -> heard.add("1 " + message));
		this.broadcast.messages("news").subscribe((message) -> heard.add("2 " + message));
		this.broadcast.messages("other").subscribe((message) -> heard.add("3 " + message));

		assertThat(this.broadcast.publish("news", "a")).isTrue();
		first.dispose();
		this.broadcast.publish("news", "b");

		assertThat(heard).containsExactly("1 a", "2 a", "2 b");
	}

	@Test
	void whenManyPublishAtOnceThenNothingIsLost() {
		List<String> heard = new CopyOnWriteArrayList<>();
		this.broadcast.messages("news").subscribe(heard::add);

		CompletableFuture
			.allOf(IntStream.range(0, 8)
				.mapToObj((thread) -> CompletableFuture.runAsync(
						() -> IntStream.range(0, 200).forEach((i) -> this.broadcast.publish("news", thread + "." + i))))
				.toArray(CompletableFuture<?>[]::new))
			.join();

		assertThat(heard).hasSize(1600).doesNotHaveDuplicates();
	}

	@Test
	void whenMessageIsTooLongThenItIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.broadcast.publish("news", "\u00e4".repeat(WorkerBroadcast.MAX_SIZE / 2 + 1)))
			.withMessageContaining("65538");
		assertThatIllegalArgumentException().isThrownBy(() -> this.broadcast.publish("n".repeat(256), ""));
	}

	@Test
	void whenClosedThenSubscribersComplete() {
		CompletableFuture<String> end = new CompletableFuture<>();
		this.broadcast.messages("news").subscribe((message) -> {
		}, end::completeExceptionally, () -> end.complete("completed"));

		this.broadcast.close();

		assertThat(end).isCompletedWithValue("completed");
	}

}
