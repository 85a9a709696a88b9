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

package io.prefork.launcher.supervisor;

import java.util.List;

import io.prefork.launcher.log.Wording;

/**
 * Decisions as they are written in transcripts, one line each.
 */
final class DecisionText implements DecisionReceiver {

	private String text = "";

	private DecisionText() {
	}

	static List<String> of(List<Decision> decisions) {
		return decisions.stream().map(DecisionText::of).toList();
	}

	private static String of(Decision decision) {
		DecisionText handler = new DecisionText();
		decision.accept(handler);
		return handler.text;
	}

	@Override
	public void spawn(Decision.Spawn decision) {
		this.text = "spawn %s gen=%d%s".formatted(decision.id(), decision.generation(),
				decision.initializes() ? " initializes" : "");
	}

	@Override
	public void lead(Decision.Lead decision) {
		this.text = (decision.leads() ? "lead %s" : "follow %s").formatted(decision.id());
	}

	@Override
	public void accept(Decision.Accept decision) {
		String in = (decision.slot() != decision.id().place().wire()) ? " in=" + decision.slot() : "";
		String vacant = !decision.vacant().isZero() ? " vacant=" + Times.format(decision.vacant()) : "";
		this.text = "accept %s%s%s".formatted(decision.id(), in, vacant);
	}

	@Override
	public void drain(Decision.Drain decision) {
		this.text = "drain %s budget=%s idle=%s%s".formatted(decision.id(), Times.format(decision.budget()),
				Times.format(decision.idleGrace()), decision.lastCall() ? "" : " others-serve");
	}

	@Override
	public void terminate(Decision.Terminate decision) {
		this.text = "terminate %s".formatted(decision.id());
	}

	@Override
	public void kill(Decision.Kill decision) {
		this.text = "kill %s".formatted(decision.id());
	}

	@Override
	public void refuse(Decision.Refuse decision) {
		this.text = "refuse %s request=%d: %s".formatted(decision.id(), decision.request(), decision.reason());
	}

	@Override
	public void closeListeners(Decision.CloseListeners decision) {
		this.text = "close-listeners";
	}

	@Override
	public void announce(Decision.Announce decision) {
		this.text = "announce %d/%d gen=%d took=%s".formatted(decision.ready(), decision.workers(),
				decision.generation(), Times.format(decision.took()));
	}

	@Override
	public void dump(Decision.Dump decision) {
		this.text = "dump %s".formatted(decision.id());
	}

	@Override
	public void depart(Decision.Depart decision) {
		Departure departure = decision.departure();
		this.text = "depart %s gen=%d %s: %s".formatted(departure.id(), departure.generation(),
				departure.reason().label(), Wording.of(departure.exit()));
	}

	@Override
	public void prepare(Decision.Prepare decision) {
		this.text = "prepare gen=%d".formatted(decision.generation());
	}

	@Override
	public void endReload(Decision.EndReload decision) {
		ReloadFailure failure = decision.failure();
		this.text = "end-reload gen=%d took=%s%s".formatted(decision.generation(), Times.format(decision.took()),
				(failure != null) ? " rolled back: " + Wording.of(failure) : "");
	}

	@Override
	public void notice(Decision.Notice decision) {
		this.text = "notice: %s".formatted(Wording.of(decision.what()));
	}

	@Override
	public void report(Decision.Report decision) {
		this.text = "report %s: %s".formatted(decision.id(), Wording.of(decision.what()));
	}

	@Override
	public void incident(Decision.Incident decision) {
		this.text = "incident: %s".formatted(Wording.of(decision));
	}

	@Override
	public void finish(Decision.Finish decision) {
		this.text = "finish %d: %s".formatted(decision.ending().exitCode(), Wording.of(decision.ending()));
	}

}
