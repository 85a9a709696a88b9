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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import io.prefork.protocol.Gzip;
import io.prefork.protocol.Parts;

/**
 * Puts together what other workers answer to one question. Thread-safe.
 */
final class PeerReplies {

	private final CompletableFuture<PeerAnswers> complete = new CompletableFuture<>();

	private final Map<Integer, ByteArrayOutputStream> parts = new TreeMap<>();

	private final Map<Integer, byte[]> answers = new TreeMap<>();

	private final Set<Integer> missing = new TreeSet<>();

	private final Set<Integer> waiting = new TreeSet<>();

	CompletableFuture<PeerAnswers> whenComplete() {
		return this.complete;
	}

	synchronized void asked(List<Integer> slots) {
		this.waiting.addAll(slots);
		endIfDone();
	}

	synchronized void part(int slot, ByteBuffer content, boolean last) {
		ByteArrayOutputStream answer = this.parts.computeIfAbsent(slot, (first) -> new ByteArrayOutputStream());
		Parts.add(answer, content);
		if (last && this.waiting.remove(slot)) {
			// No answer at all is no answer.
			if (answer.size() > 0) {
				this.answers.put(slot, Gzip.expand(answer.toByteArray()));
			}
			else {
				this.missing.add(slot);
			}
			endIfDone();
		}
	}

	synchronized void gone(int slot) {
		if (this.waiting.remove(slot)) {
			this.missing.add(slot);
			endIfDone();
		}
	}

	/**
	 * Wait no longer.
	 */
	synchronized void end() {
		this.missing.addAll(this.waiting);
		this.waiting.clear();
		endIfDone();
	}

	private void endIfDone() {
		if (this.waiting.isEmpty()) {
			this.complete.complete(new PeerAnswers(this.answers, this.missing));
		}
	}

}
