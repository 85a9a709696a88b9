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

package io.prefork.application.broadcast;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

import io.prefork.boot.broadcast.BroadcastEvent;
import io.prefork.boot.broadcast.WorkerBroadcast;

/**
 * An application with a chat and a cache.
 */
@SpringBootApplication
public class BroadcastApplication {

	/**
	 * Start the application.
	 * @param args the arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(BroadcastApplication.class, args);
	}

	/**
	 * Something in the cache is not true any more.
	 *
	 * @param key its key
	 */
	@BroadcastEvent
	record Evicted(String key) {

	}

	/**
	 * Answers requests.
	 */
	@RestController
	static class ChatController {

		private final Map<String, String> cache = new ConcurrentHashMap<>();

		private final WorkerBroadcast broadcast;

		private final ApplicationEventPublisher events;

		ChatController(WorkerBroadcast broadcast, ApplicationEventPublisher events) {
			this.broadcast = broadcast;
			this.events = events;
		}

		@GetMapping(path = "/chat", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> chat() {
			return Flux.just("welcome " + ProcessHandle.current().pid()).concatWith(this.broadcast.messages("chat"));
		}

		@PostMapping("/chat")
		boolean say(@RequestParam String message) {
			return this.broadcast.publish("chat", message);
		}

		@GetMapping("/cached")
		String cached(@RequestParam String key) {
			return this.cache.computeIfAbsent(key, (absent) -> "made") + " " + ProcessHandle.current().pid();
		}

		@GetMapping("/evict")
		void evict(@RequestParam String key) {
			this.events.publishEvent(new Evicted(key));
		}

		@GetMapping("/size")
		String size() {
			return ProcessHandle.current().pid() + " " + this.cache.size();
		}

		@EventListener
		void evicted(Evicted event) {
			this.cache.remove(event.key());
		}

	}

}
