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

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.netty.util.concurrent.DefaultThreadFactory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.prefork.protocol.FromPeers;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Gzip;
import io.prefork.protocol.Parts;
import io.prefork.protocol.ToPeers;

/**
 * Answers what other workers ask, on a thread of its own, so that neither a blocked event
 * loop nor a long answer holds up anything else. Thread-safe.
 */
public final class PeerResponder {

	private static final Log logger = LogFactory.getLog(PeerResponder.class);

	private static final int MAX_WAITING = 64;

	private final Map<String, Function<String, byte[]>> answers = new ConcurrentHashMap<>();

	private final List<String> last = new CopyOnWriteArrayList<>();

	private final ExecutorService executor = new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(MAX_WAITING), new DefaultThreadFactory("prefork-answers", true),
			new ThreadPoolExecutor.DiscardPolicy());

	private final Consumer<FromWorker> master;

	/**
	 * Create a responder that knows nothing yet.
	 * @param master is sent the answers
	 */
	PeerResponder(Consumer<FromWorker> master) {
		this.master = master;
	}

	/**
	 * Say how questions about something are answered.
	 * @param subject the first word of the questions
	 * @param answer gives the answer to the rest of a question
	 */
	public void answer(String subject, Function<String, byte[]> answer) {
		this.answers.put(subject, answer);
	}

	/**
	 * Say a question about totals that is answered before this worker goes, too.
	 * @param question the question
	 */
	public void answerAtTheEnd(String question) {
		this.last.add(question);
	}

	/**
	 * Give the last answers; this worker will be gone soon.
	 */
	public void sayFarewell() {
		this.last.forEach((question) -> Parts.send(content(question),
				(part, last) -> this.master.accept(new ToPeers.Farewell(question, part, last))));
	}

	void question(FromPeers.Question message) {
		this.executor.execute(() -> Parts.send(content(message.question()),
				(part, last) -> this.master.accept(new ToPeers.AnswerPart(message.number(), part, last))));
	}

	private byte[] content(String question) {
		String[] parts = question.split(" ", 2);
		Function<String, byte[]> answer = this.answers.get(parts[0]);
		if (answer == null) {
			return new byte[0];
		}
		try {
			return Gzip.compress(answer.apply((parts.length > 1) ? parts[1] : ""));
		}
		catch (RuntimeException ex) {
			logger.warn("Another worker's question can't be answered: " + question, ex);
			return new byte[0];
		}
	}

}
