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

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;

/**
 * What this worker asks others that serve, by way of the master. Thread-safe.
 */
public final class PeerRequests {

	private final Map<Integer, PeerReplies> open = new ConcurrentHashMap<>();

	private final AtomicInteger last = new AtomicInteger();

	private final Consumer<FromWorker> master;

	/**
	 * Create requests.
	 * @param master is sent what is asked
	 */
	PeerRequests(Consumer<FromWorker> master) {
		this.master = master;
	}

	/**
	 * Ask all other workers that serve.
	 * @param question what to ask; see {@link PeerResponder#answer}
	 * @param limit how long to wait for those that do not answer
	 * @return the answers, without failure: when all are there, or when the time is over
	 */
	public CompletableFuture<PeerAnswers> ask(String question, Duration limit) {
		return ask(FromWorker.AskWorkers.ALL, question, limit);
	}

	/**
	 * Ask the worker that serves in one slot, unless it is this one.
	 * @param slot the slot
	 * @param question what to ask; see {@link PeerResponder#answer}
	 * @param limit how long to wait for it
	 * @return its answer, if there is one, without failure
	 */
	public CompletableFuture<PeerAnswers> ask(int slot, String question, Duration limit) {
		int request = this.last.incrementAndGet();
		PeerReplies replies = new PeerReplies();
		this.open.put(request, replies);
		CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS).execute(replies::end);
		this.master.accept(new FromWorker.AskWorkers(request, slot, question));
		return replies.whenComplete().whenComplete((answers, failure) -> this.open.remove(request));
	}

	void asked(FromMaster.Asked message) {
		replies(message.request()).asked(message.peers().stream().map(FromMaster.Asked.Peer::slot).toList());
	}

	void part(FromMaster.PeerPart message) {
		replies(message.request()).part(message.slot(), message.content(), message.last());
	}

	void gone(FromMaster.PeerGone message) {
		replies(message.request()).gone(message.slot());
	}

	/**
	 * The master is gone: nobody answers any more.
	 */
	void end() {
		this.open.values().forEach(PeerReplies::end);
	}

	private PeerReplies replies(int request) {
		return this.open.getOrDefault(request, new PeerReplies());
	}

}
