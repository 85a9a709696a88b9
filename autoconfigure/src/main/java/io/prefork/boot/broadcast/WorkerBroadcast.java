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

import reactor.core.publisher.Flux;

/**
 * Says something to all workers of this service on this host, this one included: for what
 * goes out to the clients of all of them, or has to leave the caches of all of them. As
 * soon as it can be, and at most once: a worker that does not read, or begins or ends
 * just now, misses messages, which its log tells. Who needs all of them needs a broker.
 * In a process that is no worker, it reaches that process. Thread-safe; nothing blocks.
 */
public interface WorkerBroadcast {

	/**
	 * The largest message, in bytes of UTF-8.
	 */
	int MAX_SIZE = 64 * 1024;

	/**
	 * Say something. The subscribers in this process are called before this returns.
	 * @param topic what it is about, 255 characters at most
	 * @param message what to say, {@value #MAX_SIZE} bytes at most
	 * @return {@code false} if it can't be sent to the other workers, because too much
	 * waits to be sent, or the master is gone
	 * @throws IllegalArgumentException if topic or message are too long
	 */
	boolean publish(String topic, String message);

	/**
	 * What is said about a topic from now on. Each subscriber gets it on the thread that
	 * publishes, or that of the broadcast, and must not hold it up; one that does not ask
	 * for more in time misses messages.
	 * @param topic the topic
	 * @return messages, without an end until the application stops
	 */
	Flux<String> messages(String topic);

}
