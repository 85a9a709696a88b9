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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TransitionTable}.
 */
class TransitionTableTests {

	private static final Path PAGE = Path.of("../docs/worker-states.md");

	private static final WorkerId FIRST = new WorkerId(0, 1);

	@Test
	void whenTableIsDrawnThenDiagramIsThatOfThePage() throws IOException {
		String actual = StateDiagram.insertInto(Files.readString(PAGE));

		String page = Rewriting.read(PAGE, actual);

		assertThat(actual).isEqualTo(page);
	}

	@Test
	void whenStateIsDeclaredThenThePageDescribesIt() throws IOException {
		String page = Files.readString(PAGE);

		assertThat(WorkerState.values()).allSatisfy((state) -> assertThat(page).contains("\n- **" + state + "**: "));
	}

	@Test
	void whenScenariosAndHistoriesRunThenEachDeclaredTransitionIsVisited() throws IOException {
		Set<Transition> visited = new LinkedHashSet<>();

		for (Path file : Scenario.files()) {
			visited.addAll(Scenario.run(file).visited());
		}
		for (long seed = 0; seed < 1000; seed++) {
			visited.addAll(RandomHistory.ofSeed(seed).run().visited());
		}

		assertThat(visited).containsExactlyInAnyOrderElementsOf(TransitionTable.rows());
	}

	@Test
	void whenPairIsNotDeclaredThenItIsAnIncidentAndChangesNothing() {
		SupervisorState initial = SupervisorState.initial(SettingsText.parse(1, "workers=1"));
		SupervisorState started = Supervisor.step(initial, new Event.MasterStarted(false), Duration.ZERO).state();
		SupervisorState ready = Supervisor.step(started, new Event.WorkerReady(FIRST, 0), Duration.ofSeconds(1))
			.state();
		Draft draft = new Draft(ready, Duration.ofSeconds(2));

		new Transitions(draft).fire(FIRST, Trigger.PROMOTE);

		assertThat(draft.step().state()).isEqualTo(ready);
		assertThat(draft.step().decisions())
			.containsExactly(new Decision.Incident(new Place.InSlot(0), Trigger.PROMOTE, WorkerState.READY));
	}

	@Test
	void whenWorkerIsGoneThenNoTransitionLeadsBack() {
		assertThat(TransitionTable.rows()).noneMatch((row) -> row.from() == WorkerState.GONE);
	}

}
