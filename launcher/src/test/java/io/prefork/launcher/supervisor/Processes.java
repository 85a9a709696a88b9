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

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The processes of a made-up world: executes decisions, and insists that only living
 * processes are told anything and nothing is told after the end.
 */
final class Processes implements DecisionReceiver {

	private final Map<WorkerId, Told> alive = new LinkedHashMap<>();

	private final Set<WorkerId> ever = new TreeSet<>();

	private final Set<WorkerId> accepting = new TreeSet<>();

	private final Set<WorkerId> reported = new TreeSet<>();

	private int preparing;

	private int reloading;

	private int newest = 1;

	private boolean announced;

	private boolean listening = true;

	private boolean finished;

	List<WorkerId> alive() {
		return List.copyOf(this.alive.keySet());
	}

	List<WorkerId> ever() {
		return List.copyOf(this.ever);
	}

	List<WorkerId> departed() {
		return this.ever.stream().filter((id) -> !this.alive.containsKey(id)).toList();
	}

	List<WorkerId> told() {
		return those(Set.of(Told.DRAIN, Told.TERMINATE, Told.KILL));
	}

	/**
	 * The generation that has to be prepared.
	 * @return its number, or 0
	 */
	int preparing() {
		return this.preparing;
	}

	void prepared() {
		this.preparing = 0;
	}

	List<WorkerId> killed() {
		return those(Set.of(Told.KILL));
	}

	List<WorkerId> starting(SupervisorState state) {
		return state.workers()
			.filter((worker) -> worker.state() == WorkerState.STARTING)
			.map(Worker::id)
			.filter(this.alive::containsKey)
			.toList();
	}

	List<WorkerId> leaving(SupervisorState state) {
		return state.workers()
			.filter((worker) -> !worker.state().mans() && worker.state() != WorkerState.HUNG)
			.map(Worker::id)
			.toList();
	}

	void exited(WorkerId id) {
		this.alive.remove(id);
	}

	@Override
	public void spawn(Decision.Spawn decision) {
		WorkerId id = decision.id();
		assertThat(this.listening).as("nothing is spawned after the stop").isTrue();
		assertThat(this.ever.add(id)).as("%s is new", id).isTrue();
		assertThat(id.incarnation() == 1 || this.ever.contains(new WorkerId(id.place(), id.incarnation() - 1)))
			.as("%s is the next in its slot", id)
			.isTrue();
		this.alive.put(id, Told.NOTHING);
	}

	@Override
	public void accept(Decision.Accept decision) {
		assertThat(this.alive).containsKey(decision.id());
		assertThat(this.accepting.add(decision.id())).as("%s is let in once", decision.id()).isTrue();
	}

	@Override
	public void drain(Decision.Drain decision) {
		tell(decision.id(), Told.DRAIN);
	}

	@Override
	public void terminate(Decision.Terminate decision) {
		tell(decision.id(), Told.TERMINATE);
	}

	@Override
	public void kill(Decision.Kill decision) {
		tell(decision.id(), Told.KILL);
	}

	@Override
	public void refuse(Decision.Refuse decision) {
		assertThat(this.alive).containsKey(decision.id());
	}

	@Override
	public void closeListeners(Decision.CloseListeners decision) {
		assertThat(this.listening).as("listeners are closed once").isTrue();
		this.listening = false;
	}

	@Override
	public void announce(Decision.Announce decision) {
		assertThat(this.announced).as("the service is announced once").isFalse();
		assertThat(decision.ready()).as("somebody serves").isPositive();
		this.announced = true;
	}

	@Override
	public void lead(Decision.Lead decision) {
	}

	@Override
	public void dump(Decision.Dump decision) {
		assertThat(this.alive).containsKey(decision.id());
	}

	@Override
	public void depart(Decision.Depart decision) {
		WorkerId id = decision.departure().id();
		assertThat(this.alive).doesNotContainKey(id);
		assertThat(this.reported.add(id)).as("%s departs once", id).isTrue();
	}

	@Override
	public void prepare(Decision.Prepare decision) {
		assertThat(this.listening).as("nothing is prepared after the stop").isTrue();
		assertThat(this.reloading).as("one reload at a time").isZero();
		assertThat(decision.generation()).as("each generation has its own number").isGreaterThan(this.newest);
		this.preparing = decision.generation();
		this.reloading = decision.generation();
		this.newest = decision.generation();
	}

	@Override
	public void endReload(Decision.EndReload decision) {
		assertThat(decision.generation()).as("the reload that ends").isEqualTo(this.reloading);
		this.reloading = 0;
		if (this.preparing == decision.generation()) {
			assertThat(decision.failure()).as("nothing can succeed that was not prepared").isNotNull();
		}
	}

	@Override
	public void notice(Decision.Notice decision) {
	}

	@Override
	public void report(Decision.Report decision) {
		assertThat(this.alive).containsKey(decision.id());
	}

	@Override
	public void incident(Decision.Incident decision) {
		throw new AssertionError(decision);
	}

	@Override
	public void finish(Decision.Finish decision) {
		assertThat(this.finished).as("the master finishes once").isFalse();
		assertThat(this.alive).as("no process is left behind").isEmpty();
		assertThat(this.listening).as("listeners are closed before the end").isFalse();
		this.finished = true;
	}

	private void tell(WorkerId id, Told what) {
		assertThat(this.alive).containsKey(id);
		this.alive.computeIfPresent(id, (key, told) -> (told.compareTo(what) > 0) ? told : what);
	}

	private List<WorkerId> those(Collection<Told> told) {
		return this.alive.keySet().stream().filter((id) -> told.contains(this.alive.get(id))).toList();
	}

	private enum Told {

		NOTHING, DRAIN, TERMINATE, KILL

	}

}
