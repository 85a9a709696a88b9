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

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventBridge}.
 */
class EventBridgeTests {

	private final RecordedBroadcast broadcast = new RecordedBroadcast();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void whenAMarkedEventIsPublishedThenItGoesToTheOthers() {
		start(Listener.class);

		this.context.publishEvent(new PriceChanged("tea", 3));
		this.context.publishEvent(new Unmarked("tea"));

		assertThat(this.broadcast.published)
			.containsExactly("event:%s {\"article\":\"tea\",\"price\":3}".formatted(PriceChanged.class.getName()));
		assertThat(this.context.getBean(Listener.class).heard).containsExactly("tea 3", "unmarked tea");
	}

	@Test
	void whenAnotherWorkerPublishesItThenItIsHeardAndNotSentOn() {
		start(Listener.class);

		this.broadcast.local.publish("event:" + PriceChanged.class.getName(), "{\"article\":\"tea\",\"price\":4}");

		assertThat(this.context.getBean(Listener.class).heard).containsExactly("tea 4");
		assertThat(this.broadcast.published).isEmpty();
	}

	@Test
	void whenItCannotBeReadOrAListenerFailsThenTheNextOneIsHeard() {
		start(Listener.class);
		String topic = "event:" + PriceChanged.class.getName();

		this.broadcast.local.publish(topic, "no JSON");
		this.broadcast.local.publish(topic, "{\"article\":\"fails\",\"price\":4}");
		this.broadcast.local.publish(topic, "{\"article\":\"tea\",\"price\":5}");

		assertThat(this.context.getBean(Listener.class).heard).containsExactly("tea 5");
	}

	@Test
	void whenNobodyListensThenNothingIsSubscribedTo() {
		start(Bystander.class);

		assertThat(this.broadcast.subscribed).isEmpty();
	}

	private void start(Class<?> listener) {
		this.context.register(listener);
		this.context.registerBean(WorkerBroadcast.class, () -> this.broadcast);
		this.context.registerBean(EventBridge.class, () -> new EventBridge(this.context,
				this.context.getBeanProvider(WorkerBroadcast.class), JsonMapper.builder().build()));
		this.context.refresh();
	}

	@BroadcastEvent
	record PriceChanged(String article, int price) {

	}

	record Unmarked(String article) {

	}

	static class Bystander {

		@EventListener
		void unmarked(Unmarked event) {
		}

	}

	static class Listener {

		private final List<String> heard = new ArrayList<>();

		@EventListener
		void changed(PriceChanged event) {
			if (event.article().equals("fails")) {
				throw new IllegalStateException("It fails");
			}
			this.heard.add(event.article() + " " + event.price());
		}

		@EventListener
		void unmarked(Unmarked event) {
			this.heard.add("unmarked " + event.article());
		}

	}

	/**
	 * Remembers what goes out; what others say is published at its local part.
	 */
	private static final class RecordedBroadcast implements WorkerBroadcast {

		private final ServiceBroadcast local = new ServiceBroadcast(null);

		private final List<String> published = new ArrayList<>();

		private final List<String> subscribed = new ArrayList<>();

		@Override
		public boolean publish(String topic, String message) {
			return this.published.add(topic + " " + message);
		}

		@Override
		public Flux<String> messages(String topic) {
			this.subscribed.add(topic);
			return this.local.messages(topic);
		}

	}

}
