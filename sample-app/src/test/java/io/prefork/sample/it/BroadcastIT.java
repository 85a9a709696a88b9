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

package io.prefork.sample.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.prefork.application.broadcast.BroadcastApplication;
import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one worker says reaches the clients, and the caches, of all.
 */
class BroadcastIT {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final int MESSAGES = 50;

	@Test
	void whenSomethingIsSaidThenAllClientsHearItWhicheverWorkerTheyHave() throws Exception {
		try (PreforkService service = start()) {
			List<Subscriber> subscribers = subscribeToAll(service);

			for (int i = 0; i < MESSAGES; i++) {
				assertThat(post(service, "/chat?message=m" + i)).isEqualTo("true");
			}

			for (Subscriber subscriber : subscribers) {
				Awaitility.await().atMost(LIMIT).until(() -> subscriber.messages.size() >= MESSAGES);
				assertThat(subscriber.messages).doesNotHaveDuplicates().hasSize(MESSAGES);
			}

			long killed = service.readyWorker(1);
			PreforkService.signal(killed, "KILL");
			service.awaitWorkerReady(1, killed);
			List<Subscriber> again = subscribeToAll(service);
			post(service, "/chat?message=again");
			assertThat(again).allSatisfy((subscriber) -> Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(subscriber.messages).containsExactly("again")));
		}
	}

	@Test
	void whenAMarkedEventIsPublishedThenAllWorkersHearIt() {
		try (PreforkService service = start()) {
			assertThat(ask(service, "/cached?key=a")).hasSize(2);
			assertThat(ask(service, "/size").values()).containsOnly("1");

			assertThat(Http.http11().get(service.url("/evict?key=a")).status()).isEqualTo(200);

			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(ask(service, "/size").values()).containsOnly("0"));
		}
	}

	private static PreforkService start() {
		return PreforkService.builder()
			.testApplication(BroadcastApplication.class)
			.args("--prefork.enabled=true", "--prefork.workers=2", "--prefork.preload.enabled=false",
					"--prefork.graceful-timeout=2s")
			.start()
			.awaitReady();
	}

	/**
	 * Subscribe until each worker has some of the subscribers.
	 */
	private static List<Subscriber> subscribeToAll(PreforkService service) {
		Collection<Long> workers = service.readyWorkers().values();
		List<Subscriber> subscribers = new ArrayList<>();
		Awaitility.await().atMost(LIMIT).until(() -> {
			Subscriber subscriber = new Subscriber(service.url("/chat"));
			subscribers.add(subscriber);
			Awaitility.await().atMost(LIMIT).until(() -> subscriber.worker > 0);
			return subscribers.stream().map((one) -> one.worker).distinct().count() == workers.size();
		});
		return subscribers;
	}

	/**
	 * Ask until both workers have answered.
	 * @return the answers by process id
	 */
	private static Map<String, String> ask(PreforkService service, String path) {
		Map<String, String> answers = new ConcurrentHashMap<>();
		Awaitility.await().atMost(LIMIT).until(() -> {
			String[] words = Http.http11().get(service.url(path)).body().split(" ", -1);
			boolean pidFirst = words[0].matches("\\d+");
			answers.put(words[pidFirst ? 0 : 1], words[pidFirst ? 1 : 0]);
			return answers.size() == 2;
		});
		return answers;
	}

	private static String post(PreforkService service, String path) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(service.url(path)))
				.POST(HttpRequest.BodyPublishers.noBody())
				.build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

	/**
	 * A client that reads events, on a connection of its own.
	 */
	private static final class Subscriber {

		private static final String DATA = "data:";

		private final List<String> messages = new CopyOnWriteArrayList<>();

		private volatile long worker;

		Subscriber(String url) {
			HttpClient.newHttpClient()
				.sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofLines())
				.thenAccept((response) -> response.body()
					.filter((line) -> line.startsWith(DATA))
					.forEach((line) -> read(line.substring(DATA.length()))));
		}

		private void read(String message) {
			if (message.startsWith("welcome ")) {
				this.worker = Long.parseLong(message.substring("welcome ".length()));
			}
			else {
				this.messages.add(message);
			}
		}

	}

}
