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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.log.History;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.supervisor.SupervisorState;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker;
import io.prefork.status.HistoryEntry;
import io.prefork.status.ListenerStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BacklogWatch}.
 */
class BacklogWatchTests {

	/**
	 * Before workers were heard of.
	 */
	private static final int LONG_BEFORE = -10;

	private final History history = new History();

	private final BacklogWatch watch = new BacklogWatch(new MasterLog(this.history));

	@AutoClose
	private final MasterOnFakes master;

	private int seconds;

	BacklogWatchTests(@TempDir Path directory) throws IOException {
		this.master = new MasterOnFakes(directory);
		this.master.start();
	}

	@Test
	void whenConnectionsWaitThenItIsSaidOnceUntilTheyAreAccepted() {
		look(3, 0);
		look(4, 1);
		assertThat(said()).isEmpty();

		look(5, 2);
		look(6, 2);
		assertThat(said()).singleElement()
			.isEqualTo("connections wait to be accepted at 0.0.0.0:80, 5 now, the first for more than 2.00 s: "
					+ "no worker is ready");

		look(0, 8);
		assertThat(said()).last().isEqualTo("connections at 0.0.0.0:80 are accepted at once again");
		look(0, 8);
		assertThat(said()).hasSize(2);
	}

	@Test
	void whenAllThatWaitedWereAcceptedThenTheOthersHaveNotWaitedForLong() {
		for (int opened = 0; opened < 100; opened += 5) {
			look(5, opened);
		}

		assertThat(said()).isEmpty();
	}

	@Test
	void whenEventLoopsAreBusyThenThatIsTheCause() {
		WorkerId id = new WorkerId(0, 1);
		this.master.ready(id);
		this.master.received(id, new FromWorker.Heartbeat(Duration.ZERO, Duration.ofMillis(700), 9, 0, 2, 3, 64, 128));
		this.seconds = LONG_BEFORE;

		look(3, 0);
		look(3, 1);
		look(3, 2);

		assertThat(said()).singleElement()
			.asString()
			.endsWith("event loops are busy, their tasks wait for up to 700 ms");
	}

	@Test
	void whenNoEventLoopHasRunSinceThenWorkersAreStopped() {
		this.master.ready(new WorkerId(0, 1));
		this.seconds = 1000;

		look(3, 0);
		look(3, 1);
		look(3, 2);

		assertThat(said()).singleElement().asString().endsWith("are the workers stopped or hung?");
	}

	@Test
	void whenReadyWorkersDoNotAcceptThenTheCauseIsAGuess() {
		this.master.ready(new WorkerId(0, 1));
		this.seconds = LONG_BEFORE;

		look(3, 0);
		look(3, 1);
		look(3, 2);

		assertThat(said()).singleElement().asString().contains("workers do not accept");
	}

	private void look(int waiting, long opened) {
		SupervisorState state = this.master.loop.state();
		this.watch.look(List.of(new ListenerStatus("0.0.0.0:80", waiting)), opened, state,
				Duration.ofSeconds(this.seconds++));
	}

	private List<String> said() {
		return this.history.entries().stream().map(HistoryEntry::what).toList();
	}

}
