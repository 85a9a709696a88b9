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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.prefork.launcher.supervisor.Slot;
import io.prefork.launcher.supervisor.SupervisorState;
import io.prefork.launcher.supervisor.Worker;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromPeers;
import io.prefork.protocol.FromPeers.Asked.Peer;
import io.prefork.protocol.FromPeers.PeerPart;
import io.prefork.protocol.Parts;
import io.prefork.protocol.ToPeers;

/**
 * Passes on what workers ask each other, and the answers. The master loop owns it.
 */
final class PeerQuestions {

	private final Map<Integer, Pending> pending = new LinkedHashMap<>();

	private final KeptTotals totals = new KeptTotals();

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
	void ask(RunningWorker asker, ToPeers.AskWorkers message, SupervisorState state) {
		Asking asking = new Asking(asker, message, new HashSet<>(), new HashSet<>(),
				this.totals.now(message.question()));
		List<Peer> peers = new ArrayList<>();
		Map<RunningWorker, FromPeers.Question> questions = new LinkedHashMap<>();
		for (Slot slot : state.wanted().toList()) {
			Worker serving = slot.ready();
			RunningWorker worker = (serving != null) ? this.workers.find(serving.id()) : null;
			boolean wanted = message.slot() == ToPeers.AskWorkers.ALL || message.slot() == slot.number();
			if (wanted && worker != null && worker != asker) {
				FromPeers.Question question = new FromPeers.Question(++this.last, message.question());
				this.pending.put(question.number(), new Pending(asking, worker.id(), slot.number()));
				asking.open().add(question.number());
				peers.add(new Peer(slot.number()));
				questions.put(worker, question);
			}
		}
		if (message.totals()) {
			peers.add(new Peer(PeerPart.GONE));
		}
		// Before any answer can come.
		asker.session().send(new FromPeers.Asked(message.request(), peers));
		questions.forEach((worker, question) -> worker.session().send(question));
		endIfAnswered(asking);
	}

	/**
	 * A worker answers.
	 * @param answerer the worker
	 * @param message a part of its answer
	 */
	void answered(WorkerId answerer, ToPeers.AnswerPart message) {
		Pending question = this.pending.get(message.question());
		if (question == null || !question.answerer().equals(answerer)) {
			return;
		}
		Asking asking = question.asking();
		if (asking.message().totals()) {
			this.totals.told(answerer, asking.message().question(), message.content(), message.last());
		}
		asking.send(new PeerPart(asking.message().request(), question.slot(), message.content(), message.last()));
		if (message.last()) {
			this.pending.remove(message.question());
			asking.open().remove(message.question());
			asking.answered().add(answerer);
			endIfAnswered(asking);
		}
	}

	/**
	 * A worker does not wait any longer.
	 * @param asker the worker
	 * @param request what it had asked
	 */
	void end(WorkerId asker, int request) {
		give((question) -> question.asking().asker().id().equals(asker)
				&& question.asking().message().request() == request);
	}

	/**
	 * A worker tells what it has counted.
	 * @param id the worker
	 * @param message a part of it
	 */
	void farewell(WorkerId id, ToPeers.Farewell message) {
		this.totals.told(id, message.question(), message.content(), message.last());
	}

	/**
	 * A worker is gone.
	 * @param id the worker
	 */
	void gone(WorkerId id) {
		this.totals.gone(id);
		this.pending.values().removeIf((question) -> question.asking().asker().id().equals(id));
		give((question) -> question.answerer().equals(id));
	}

	private void give(Predicate<Pending> up) {
		List<Integer> hopeless = this.pending.entrySet()
			.stream()
			.filter((entry) -> up.test(entry.getValue()))
			.map(Map.Entry::getKey)
			.toList();
		for (Integer number : hopeless) {
			Pending question = Objects.requireNonNull(this.pending.remove(number));
			Asking asking = question.asking();
			asking.open().remove(number);
			asking.send(new FromPeers.PeerGone(asking.message().request(), question.slot()));
			endIfAnswered(asking);
		}
	}

	/**
	 * Tell what those have left who do not answer, when all others have.
	 * @param asking what was asked
	 */
	private void endIfAnswered(Asking asking) {
		if (!asking.open().isEmpty() || !asking.message().totals()) {
			return;
		}
		asking.answered().add(asking.asker().id());
		List<byte[]> left = asking.kept().left(asking.answered());
		// To add up takes too long for the loop.
		CompletableFuture.runAsync(() -> Parts.send(KeptTotals.sum(left),
				(part, last) -> asking.send(new PeerPart(asking.message().request(), PeerPart.GONE, part, last))));
	}

	/**
	 * What a worker asks.
	 *
	 * @param asker the worker
	 * @param message what it asks
	 * @param open the numbers of the questions that are not answered
	 * @param answered the workers that have answered
	 * @param kept what was kept when it asked
	 */
	private record Asking(RunningWorker asker, ToPeers.AskWorkers message, Set<Integer> open, Set<WorkerId> answered,
			KeptTotals.Kept kept) {

		private void send(FromMaster message) {
			this.asker.session().send(message);
		}

	}

	/**
	 * A question without its answer, or not all of it.
	 *
	 * @param asking who asks what
	 * @param answerer who was asked
	 * @param slot the slot in which that one served then
	 */
	private record Pending(Asking asking, WorkerId answerer, int slot) {

	}

}
