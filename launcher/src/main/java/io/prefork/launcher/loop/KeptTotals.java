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

package io.prefork.launcher.loop;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.metrics.TextTotals;
import io.prefork.protocol.Gzip;
import io.prefork.protocol.Parts;

/**
 * What workers have counted, by the question to which they told it: the last word of
 * those that are there, and the sum of those that are gone, so that totals never fall.
 * All of it is compressed. The master loop owns it.
 */
final class KeptTotals {

	private final Map<WorkerId, Map<String, byte[]>> told = new HashMap<>();

	private final Map<WorkerId, Map<String, ByteArrayOutputStream>> parts = new HashMap<>();

	private final Map<String, byte[]> gone = new HashMap<>();

	/**
	 * A worker has told something.
	 * @param id the worker
	 * @param question to what
	 * @param content a part of it
	 * @param last whether it is complete
	 */
	void told(WorkerId id, String question, ByteBuffer content, boolean last) {
		ByteArrayOutputStream answer = this.parts.computeIfAbsent(id, (key) -> new HashMap<>())
			.computeIfAbsent(question, (key) -> new ByteArrayOutputStream());
		Parts.add(answer, content);
		if (last) {
			this.parts.get(id).remove(question);
			if (answer.size() > 0) {
				this.told.computeIfAbsent(id, (key) -> new HashMap<>()).put(question, answer.toByteArray());
			}
		}
	}

	/**
	 * A worker is gone.
	 * @param id the worker
	 */
	void gone(WorkerId id) {
		this.parts.remove(id);
		Map<String, byte[]> last = this.told.remove(id);
		if (last != null) {
			last.forEach(
					(question, answer) -> this.gone.merge(question, answer, (one, other) -> sum(List.of(one, other))));
		}
	}

	/**
	 * What is kept now.
	 * @param question the question to which it was told
	 * @return what is kept
	 */
	Kept now(String question) {
		Map<WorkerId, byte[]> told = new HashMap<>();
		this.told.forEach((id, answers) -> {
			byte[] answer = answers.get(question);
			if (answer != null) {
				told.put(id, answer);
			}
		});
		byte[] gone = this.gone.get(question);
		return new Kept((gone != null) ? List.of(gone) : List.of(), told);
	}

	/**
	 * Add up what workers have counted that are gone; may be done on any thread.
	 * @param left what they told
	 * @return the sum
	 */
	static byte[] sum(List<byte[]> left) {
		TextTotals totals = new TextTotals();
		left.forEach((document) -> totals.addGone(Gzip.expand(document)));
		return Gzip.compress(totals.toByteArray());
	}

	/**
	 * What was kept when somebody asked: what a worker has left that answers and then
	 * goes must not be counted twice.
	 *
	 * @param gone what those have left that were gone
	 * @param told what the others had told last
	 */
	record Kept(List<byte[]> gone, Map<WorkerId, byte[]> told) {

		/**
		 * What those have left who do not speak for themselves.
		 * @param answered the workers that have answered
		 * @return what is left, to be summed by {@link KeptTotals#sum}
		 */
		List<byte[]> left(Set<WorkerId> answered) {
			List<byte[]> left = new ArrayList<>(this.gone);
			this.told.forEach((id, answer) -> {
				if (!answered.contains(id)) {
					left.add(answer);
				}
			});
			return left;
		}

	}

}
