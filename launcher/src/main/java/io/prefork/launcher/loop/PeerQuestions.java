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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.prefork.launcher.supervisor.Slot;
import io.prefork.launcher.supervisor.SupervisorState;
import io.prefork.launcher.supervisor.Worker;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromMaster.Asked.Peer;
import io.prefork.protocol.FromWorker;

/**
 * Passes on what workers ask each other, and the answers. The master loop owns it.
 */
final class PeerQuestions {

	private final Map<Integer, Pending> pending = new LinkedHashMap<>();

	private final Workers workers;

	private int last;

	PeerQuestions(Workers workers) {
		this.workers = workers;
	}

	/**
	 * A worker asks others that serve.
	 * @param asker the worker
	 * @param message what it asks
	 * @param state says who serves
	 */
	void ask(RunningWorker asker, FromWorker.AskWorkers message, SupervisorState state) {
		List<Peer> peers = new ArrayList<>();
		List<FromMaster.Question> questions = new ArrayList<>();
		for (Slot slot : state.wanted().toList()) {
			Worker serving = slot.ready();
			boolean wanted = message.slot() == FromWorker.AskWorkers.ALL || message.slot() == slot.number();
			if (wanted && serving != null && !serving.id().equals(asker.id())) {
				FromMaster.Question question = new FromMaster.Question(++this.last, message.question());
				this.pending.put(question.number(),
						new Pending(asker.id(), message.request(), serving.id(), slot.number()));
				peers.add(new Peer(slot.number()));
				questions.add(question);
			}
		}
		// Before any answer can come.
		asker.session().send(new FromMaster.Asked(message.request(), peers));
		questions.forEach(this::send);
	}

	/**
	 * A worker answers.
	 * @param answerer the worker
	 * @param message a part of its answer
	 */
	void answered(WorkerId answerer, FromWorker.AnswerPart message) {
		Pending question = this.pending.get(message.question());
		if (question == null || !question.answerer().equals(answerer)) {
			return;
		}
		if (message.last()) {
			this.pending.remove(message.question());
		}
		RunningWorker asker = this.workers.find(question.asker());
		if (asker != null) {
			asker.session()
				.send(new FromMaster.PeerPart(question.request(), question.slot(), message.content(), message.last()));
		}
	}

	/**
	 * Forget what nobody answers, or waits for, any more.
	 */
	void forgetGone() {
		this.pending.values().removeIf((question) -> {
			RunningWorker asker = this.workers.find(question.asker());
			boolean gone = this.workers.find(question.answerer()) == null;
			if (gone && asker != null) {
				asker.session().send(new FromMaster.PeerGone(question.request(), question.slot()));
			}
			return gone || asker == null;
		});
	}

	private void send(FromMaster.Question question) {
		Pending pending = this.pending.get(question.number());
		RunningWorker worker = (pending != null) ? this.workers.find(pending.answerer()) : null;
		if (worker != null) {
			worker.session().send(question);
		}
	}

	/**
	 * A question without its answer, or not all of it.
	 *
	 * @param asker who asks
	 * @param request the asker's number for it
	 * @param answerer who was asked
	 * @param slot the slot in which that one served then
	 */
	private record Pending(WorkerId asker, int request, WorkerId answerer, int slot) {

	}

}
