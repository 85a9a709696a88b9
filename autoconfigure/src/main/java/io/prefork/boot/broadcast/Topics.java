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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * The subscribers in this process.
 */
final class Topics {

	private final Map<String, Sinks.Many<String>> sinks = new ConcurrentHashMap<>();

	Flux<String> messages(String topic) {
		return Flux
			.defer(() -> this.sinks.computeIfAbsent(topic, (created) -> Sinks.many().multicast().directBestEffort())
				.asFlux());
	}

	void deliver(String topic, String message) {
		Sinks.Many<String> sink = this.sinks.get(topic);
		if (sink != null) {
			// One at a time, whoever publishes.
			synchronized (sink) {
				sink.tryEmitNext(message);
			}
		}
	}

	void close() {
		this.sinks.values().forEach((sink) -> {
			synchronized (sink) {
				sink.tryEmitComplete();
			}
		});
	}

}
