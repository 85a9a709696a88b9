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

package io.prefork.boot.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.boot.control.FakeMaster;
import io.prefork.boot.drain.DrainPlan;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WorkerRuntime}.
 */
class WorkerRuntimeTests {

	private static final Duration DELAY = Duration.ofSeconds(7);

	private static final Duration GRACEFUL = Duration.ofSeconds(20);

	private final RecordedExit exit = new RecordedExit();

	@TempDir
	Path directory;

	@Test
	void whenProcessIsNoWorkerThenThereIsNone() {
		WorkerRuntime worker = WorkerRuntime.current();

		assertThat(worker).isNull();
	}

	@Test
	void whenMasterSaysDrainThenItsTermsHoldAndTheProcessExits() throws Exception {
		try (FakeMaster master = FakeMaster.start(this.directory)) {
			WorkerRuntime worker = connect(master);

			master.say(new FromMaster.Drain(Duration.ofSeconds(5), Duration.ofSeconds(1), true));

			this.exit.begun.get(5, TimeUnit.SECONDS);
			assertThat(worker.drainPlan().terms())
				.isEqualTo(new DrainPlan.Terms(DELAY, Duration.ofSeconds(5), Duration.ofSeconds(1), true));
			assertThat(this.exit.forced).isNotDone();
		}
	}

	@Test
	void whenMasterSaysDrainWithoutBudgetThenThereIsNoDelayEither() throws Exception {
		try (FakeMaster master = FakeMaster.start(this.directory)) {
			WorkerRuntime worker = connect(master);

			master.say(new FromMaster.Drain(Duration.ZERO, Duration.ZERO, true));

			this.exit.begun.get(5, TimeUnit.SECONDS);
			assertThat(worker.drainPlan().terms())
				.isEqualTo(new DrainPlan.Terms(Duration.ZERO, Duration.ZERO, Duration.ZERO, true));
		}
	}

	@Test
	void whenMasterIsGoneThenTheWorkerDrainsWithItsOwnBudgetAndIsForcedToEndAfterIt() throws Exception {
		FakeMaster master = FakeMaster.start(this.directory);
		WorkerRuntime worker = connect(master);

		master.close();

		this.exit.begun.get(5, TimeUnit.SECONDS);
		assertThat(worker.drainPlan().terms())
			.isEqualTo(new DrainPlan.Terms(Duration.ZERO, GRACEFUL, Duration.ofSeconds(1), true));
		assertThat(this.exit.forced.get(5, TimeUnit.SECONDS)).isGreaterThan(GRACEFUL);
	}

	private WorkerRuntime connect(FakeMaster master) throws IOException {
		WorkerRuntime worker = new WorkerRuntime(master.identity(),
				new WorkerSettings(DELAY, GRACEFUL, Duration.ZERO, OwnRequests.NONE, 0, Duration.ZERO, false),
				this.exit);
		// The master knows a worker once it has said something.
		worker.master().send(new FromWorker.Ready(0));
		await().until(() -> !master.received().isEmpty());
		return worker;
	}

}
