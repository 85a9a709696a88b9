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

import io.prefork.protocol.FromPeers;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Gzip;
import io.prefork.protocol.Parts;
import io.prefork.protocol.ToPeers;

/**
 * What this worker asks others that serve, by way of the master. Thread-safe.
 */
public final class PeerRequests {

	/**
	 * How long workers that serve take to answer at most, as far as anybody waits.
	 */
	public static final Duration LIMIT = Duration.ofSeconds(2);

	private final Map<Integer, PeerReplies> open = new ConcurrentHashMap<>();

	private final AtomicInteger last = new AtomicInteger();

	private final Consumer<FromWorker> master;

	private volatile boolean ended;

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
		return ask(ToPeers.AskWorkers.ALL, question, limit);
	}

	/**
	 * Ask the worker that serves in one slot, unless it is this one.
	 * @param slot the slot
	 * @param question what to ask; see {@link PeerResponder#answer}
	 * @param limit how long to wait for it
	 * @return its answer, if there is one, without failure
	 */
	public CompletableFuture<PeerAnswers> ask(int slot, String question, Duration limit) {
		return ask(slot, question, false, limit);
	}

	/**
	 * Ask all other workers that serve for metrics in one of the text formats, and the
	 * master for what workers have left that are gone, or do not answer.
	 * @param question what to ask; see {@link PeerResponder#answer}
	 * @param own what this worker would answer, which the master keeps
	 * @param limit how long to wait for those that do not answer
	 * @return the answers, without failure; what is left is that of slot
	 * {@link FromPeers.PeerPart#GONE}
	 */
	public CompletableFuture<PeerAnswers> totals(String question, byte[] own, Duration limit) {
		Parts.send(Gzip.compress(own), (part, last) -> this.master.accept(new ToPeers.Farewell(question, part, last)));
		return ask(ToPeers.AskWorkers.ALL, question, true, limit);
	}

	private CompletableFuture<PeerAnswers> ask(int slot, String question, boolean totals, Duration limit) {
		int request = this.last.incrementAndGet();
		PeerReplies replies = new PeerReplies();
		this.open.put(request, replies);
		after(limit, replies::end);
		if (totals) {
			// In time for what the master has of those that do not answer.
			after(limit.dividedBy(2), () -> endAsking(request));
		}
		this.master.accept(new ToPeers.AskWorkers(request, slot, question, totals));
		if (this.ended) {
			replies.end();
		}
		return replies.whenComplete().whenComplete((answers, failure) -> this.open.remove(request));
	}

	private void endAsking(int request) {
		if (this.open.containsKey(request)) {
			this.master.accept(new ToPeers.EndAsking(request));
		}
	}

	private static void after(Duration time, Runnable task) {
		CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS).execute(task);
	}

	void asked(FromPeers.Asked message) {
		replies(message.request()).asked(message.peers().stream().map(FromPeers.Asked.Peer::slot).toList());
	}

	void part(FromPeers.PeerPart message) {
		replies(message.request()).part(message.slot(), message.content(), message.last());
	}

	void gone(FromPeers.PeerGone message) {
		replies(message.request()).gone(message.slot());
	}

	/**
	 * The master is gone: nobody answers any more.
	 */
	void end() {
		this.ended = true;
		this.open.values().forEach(PeerReplies::end);
	}

	private PeerReplies replies(int request) {
		return this.open.getOrDefault(request, new PeerReplies());
	}

}
