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

package io.prefork.launcher.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.Distribution;
import io.prefork.contract.Scoreboard;
import io.prefork.launcher.edge.FakeControl;
import io.prefork.launcher.edge.FakeControl.FakeSession;
import io.prefork.launcher.edge.FakeListeners;
import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.TcpAddress;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromMaster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReuseportDistribution} with sockets and a time that are made up.
 */
class ReuseportDistributionTests {

	private static final TcpAddress ADDRESS = new TcpAddress("127.0.0.1", 8080, 0);

	private final FakeControl control = new FakeControl();

	private final FakeListeners listeners = new FakeListeners();

	private final List<String> warnings = new ArrayList<>();

	private final Scoreboard scoreboard;

	private final ReuseportDistribution distribution;

	private long now = Duration.ofHours(1).toNanos();

	ReuseportDistributionTests(@TempDir Path directory) throws IOException {
		this.scoreboard = Scoreboard.create(directory.resolve("scoreboard"));
		this.distribution = new ReuseportDistribution(this.listeners, () -> this.now, this.warnings::add);
	}

	@BeforeEach
	void listen() throws ListenException {
		this.listeners.obtain(ADDRESS);
	}

	@Test
	void whenWorkersAcceptThenEachGetsTheSocketOfItsSlot() {
		worker(0);
		worker(1);

		assertThat(this.distribution.kind(ADDRESS)).isEqualTo(Distribution.REUSEPORT);
		assertThat(session(0).sent()).containsExactly(new FromMaster.AssignSocket(1, 0));
		assertThat(session(1).sent()).containsExactly(new FromMaster.AssignSocket(1, 1));
		assertThat(session(0).descriptors()).doesNotContainAnyElementsOf(session(1).descriptors());
		assertThat(this.distribution.nextReview()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void whenWorkerIsSilentThenItsNeighbourCoversItsSocketUntilItIsHeard() {
		worker(0);
		WorkerShare silent = worker(1);
		pass(Duration.ofMillis(600));
		line(0).seen(this.now);
		pass(Duration.ofMillis(400));
		assertThat(this.distribution.nextReview()).isEqualTo(Duration.ZERO);

		this.distribution.review();

		assertThat(session(0).sent()).containsExactly(new FromMaster.AssignSocket(1, 0),
				new FromMaster.AssignSocket(1, 1));
		assertThat(session(1).sent()).containsExactly(new FromMaster.AssignSocket(1, 1),
				new FromMaster.RevokeSocket(1, 1));
		assertThat(this.distribution.nextReview()).isEqualTo(Duration.ofMillis(600));

		silent.heard();
		assertThat(session(0).sent()).hasSize(2);
		line(1).seen(this.now);
		silent.heard();
		assertThat(session(0).sent()).last().isEqualTo(new FromMaster.RevokeSocket(1, 1));
		assertThat(session(1).sent()).last().isEqualTo(new FromMaster.AssignSocket(1, 1));
	}

	@Test
	void whenWorkerLeavesOrEndsThenItsSocketIsCovered() {
		worker(0);
		WorkerShare leaving = worker(1);

		leaving.leaving();
		leaving.gone();

		assertThat(session(0).sent()).containsExactly(new FromMaster.AssignSocket(1, 0),
				new FromMaster.AssignSocket(1, 1));
		assertThat(session(1).sent()).containsExactly(new FromMaster.AssignSocket(1, 1));
	}

	@Test
	void whenWorkerIsNewBesideWarmOnesThenItsSocketGetsAGrowingShare() {
		line(0).begun(this.now, Duration.ZERO);
		worker(0);
		assertThat(this.listeners.weights()).isEmpty();

		line(1).begun(this.now, Duration.ofSeconds(20));
		worker(1);
		assertThat(this.listeners.weights()).containsExactly(10, 1);

		pass(Duration.ofMillis(400));
		line(0).seen(this.now);
		line(1).seen(this.now);
		assertThat(this.distribution.nextReview()).isEqualTo(Duration.ofMillis(600));
		pass(Duration.ofMillis(9600));
		line(0).seen(this.now);
		line(1).seen(this.now);
		this.distribution.review();
		assertThat(this.listeners.weights()).containsExactly(10, 5);

		pass(Duration.ofSeconds(10));
		line(0).seen(this.now);
		line(1).seen(this.now);
		this.distribution.review();
		assertThat(this.listeners.weights()).containsExactly(10, 10);
		assertThat(this.distribution.nextReview()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void whenNobodyIsWarmThenAllSocketsGetTheSame() {
		line(0).begun(this.now, Duration.ofSeconds(20));
		worker(0);
		line(1).begun(this.now, Duration.ofSeconds(20));
		worker(1);

		assertThat(this.listeners.weights()).containsExactly(10, 10);
	}

	@Test
	void whenServiceStopsThenNothingIsReviewed() {
		WorkerShare share = worker(0);

		this.distribution.close();
		share.leaving();

		assertThat(this.distribution.nextReview()).isNull();
		assertThat(session(0).sent()).hasSize(1);
	}

	@Test
	void whenSocketCanNotBeBoundThenItIsSaidOnceAndTheOthersServe() {
		this.listeners.fail("no more");

		worker(0);
		worker(1);

		assertThat(this.warnings).containsExactly("no more");
		assertThat(session(0).sent()).containsExactly(new FromMaster.AssignSocket(1, 0));
	}

	private WorkerShare worker(int slot) {
		WorkerShare share = this.distribution.join(this.control.expect(new WorkerId(slot, 1)), line(slot));
		share.listening(1, ADDRESS);
		share.accepting(slot);
		return share;
	}

	private FakeSession session(int slot) {
		return this.control.session(new WorkerId(slot, 1));
	}

	private Scoreboard.Line line(int slot) {
		return this.scoreboard.line(slot);
	}

	private void pass(Duration time) {
		this.now += time.toNanos();
	}

}
