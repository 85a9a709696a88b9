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

package io.prefork.boot.control;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.springframework.core.NestedExceptionUtils;

import io.prefork.protocol.FromWorker;

/**
 * What this worker has asked its master to listen on, and the sockets that it got.
 * Thread-safe.
 */
final class ListenerRequests {

	private final Map<Integer, CompletableFuture<ReceivedListener>> answers = new ConcurrentHashMap<>();

	private final Map<Integer, FromWorker.Listen> requests = new ConcurrentHashMap<>();

	private final Map<BindAddress, Integer> occurrences = new HashMap<>();

	private final Map<FromWorker.Listen, Integer> descriptors = new ConcurrentHashMap<>();

	private final Duration limit;

	private volatile boolean ended;

	/**
	 * Create requests.
	 * @param limit how long to wait for an answer
	 */
	ListenerRequests(Duration limit) {
		this.limit = limit;
	}

	/**
	 * Add a request.
	 * @param address the address to listen on
	 * @param reserved whether the master only keeps the port
	 * @return the message that asks for it
	 */
	synchronized FromWorker.Listen add(BindAddress address, boolean reserved) {
		int request = this.requests.size() + 1;
		int occurrence = this.occurrences.merge(address, 1, Integer::sum) - 1;
		FromWorker.Listen listen = new FromWorker.Listen(request, address.host(), address.port(), occurrence, 0,
				reserved);
		this.requests.put(request, listen);
		this.answers.put(request, new CompletableFuture<>());
		if (this.ended) {
			end();
		}
		return listen;
	}

	/**
	 * Wait for the answer to a request.
	 * @param listen the request
	 * @param address the address that it is about
	 * @return the listener
	 * @throws ListenerRefusedException if there can't be one
	 */
	ReceivedListener await(FromWorker.Listen listen, BindAddress address) {
		try {
			ReceivedListener listener = answer(listen.request()).get(this.limit.toMillis(), TimeUnit.MILLISECONDS);
			this.descriptors.put(key(listen, 0), listener.descriptor().intValue());
			return listener;
		}
		catch (ExecutionException ex) {
			throw new ListenerRefusedException(
					String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex).getMessage()), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ListenerRefusedException("Interrupted while waiting for a listener on " + address, ex);
		}
		catch (TimeoutException ex) {
			throw new ListenerRefusedException("The master did not hand over a listener on " + address, ex);
		}
	}

	void granted(ReceivedListener listener) {
		answer(listener.request()).complete(listener);
	}

	void refused(int request, String reason) {
		answer(request).completeExceptionally(new ListenerRefusedException(reason));
	}

	/**
	 * There is one more socket for a request.
	 * @param request the request
	 * @param number the number of the socket
	 * @param descriptor its descriptor
	 */
	void assigned(int request, int number, int descriptor) {
		FromWorker.Listen listen = this.requests.get(request);
		if (listen != null && number != 0) {
			this.descriptors.put(key(listen, number), descriptor);
		}
	}

	/**
	 * A socket is gone.
	 * @param request the request for which there was one more
	 * @param number the number of the socket
	 */
	void revoked(int request, int number) {
		FromWorker.Listen listen = this.requests.get(request);
		if (listen != null && number != 0) {
			this.descriptors.remove(key(listen, number));
		}
	}

	/**
	 * The sockets that this worker has.
	 * @return their descriptors by what they were asked for with
	 */
	Map<FromWorker.Listen, Integer> descriptors() {
		return Map.copyOf(this.descriptors);
	}

	/**
	 * The master is gone: nobody answers any more.
	 */
	void end() {
		this.ended = true;
		this.answers.values().forEach((answer) -> answer.completeExceptionally(new IOException("The master is gone")));
	}

	private CompletableFuture<ReceivedListener> answer(int request) {
		return this.answers.getOrDefault(request, new CompletableFuture<>());
	}

	private static FromWorker.Listen key(FromWorker.Listen listen, int number) {
		return new FromWorker.Listen(0, listen.host(), listen.port(), listen.occurrence(), number, listen.reserved());
	}

}
