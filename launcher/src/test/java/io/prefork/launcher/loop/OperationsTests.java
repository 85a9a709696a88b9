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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorAnswer.Rejected.Cause;
import io.prefork.protocol.OperatorRequest;
import io.prefork.protocol.OperatorRequest.GetStatus;
import io.prefork.status.HistoryEntry;
import io.prefork.status.LoadStatus;
import io.prefork.status.ProcessStatus;
import io.prefork.status.ReloadStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.StallStatus;
import io.prefork.status.WorkerStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Operations} and {@link StatusReport}.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class OperationsTests {

	private static final WorkerId FIRST = new WorkerId(0, 1);

	private static final WorkerId SECOND = new WorkerId(1, 1);

	@AutoClose
	private final MasterOnFakes master;

	private final Path gate;

	private int requests;

	OperationsTests(@TempDir Path directory) throws IOException {
		this.gate = directory.resolve("gate");
		Path java = Files.writeString(directory.resolve("java"),
				"#!/bin/sh\nfor i in $(seq 400); do [ -e %s ] && exit 1; sleep 0.05; done\nexit 1\n"
					.formatted(this.gate));
		Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
		this.master = new MasterOnFakes(directory, java);
		this.master.start();
	}

	@Test
	void whenWorkersServeThenTheStatusHasThemAll() {
		this.master.ready(FIRST);
		heard(FIRST);

		ServiceStatus status = status(GetStatus.NO_SLOT);

		assertThat(status.master()).satisfies((master) -> {
			assertThat(master.pid()).isEqualTo(100);
			assertThat(master.phase()).isEqualTo("filling");
			assertThat(master.workers()).isEqualTo(2);
			assertThat(master.ready()).isEqualTo(1);
		});
		assertThat(status.workers()).extracting(WorkerStatus::state).containsExactly("ready", "starting");
		assertThat(status.workers().get(0).load()).satisfies((load) -> {
			assertThat(load).isEqualTo(new LoadStatus(load.at(), 100, 5, 2, 3, Duration.ofMillis(7), 64));
			assertThat(load.at()).isAfter(status.master().startedAt());
		});
		assertThat(status.workers().get(0).process()).isNotNull().satisfies((process) -> {
			assertThat(process.pid()).isEqualTo(1001);
			assertThat(process.readyAt()).isNotNull();
			assertThat(process.usage()).isEqualTo(new ProcessStatus.Usage(Duration.ofSeconds(1), 2, 3));
		});
		assertThat(status.workers().get(1).load()).isNull();
		assertThat(status.reload()).isNull();
		assertThat(status.history()).extracting(HistoryEntry::what).contains("starting");
		assertThat(status.history()).last().satisfies((entry) -> {
			assertThat(entry.worker()).isEqualTo("worker=0 gen=1 pid=1001");
			assertThat(entry.what()).startsWith("ready in ");
		});
	}

	@Test
	void whenNobodyWantsUsageAndHistoryThenTheyAreNotThere() {
		OperatorAnswer.Status answer = (OperatorAnswer.Status) answer(
				new GetStatus(++this.requests, GetStatus.NO_SLOT, false, false));

		assertThat(answer.status().workers().get(0).process()).isNotNull()
			.satisfies((process) -> assertThat(process.usage()).isNull());
		assertThat(answer.status().history()).isEmpty();
	}

	@Test
	void whenWorkerIsGoneThenItsSlotSaysWhy() {
		this.master.ready(FIRST);
		this.master.ready(SECOND);

		this.master.exit(SECOND);

		WorkerStatus worker = status(GetStatus.NO_SLOT).workers().get(1);
		assertThat(worker.state()).isEqualTo("starting");
		assertThat(worker.restarts().total()).isOne();
		assertThat(worker.restarts().reasons()).isEqualTo(Map.of("crash", 1));
		assertThat(worker.restarts().last()).isNotNull().satisfies((exit) -> {
			assertThat(exit.end()).isEqualTo("exited with code 1");
			assertThat(exit.lastOutput()).isEmpty();
		});
		assertThat(status(1).workers().get(1).restarts().last()).isNotNull()
			.satisfies((exit) -> assertThat(exit.lastOutput()).isEqualTo("last output"));
	}

	@Test
	void whenSlotIsAskedForThenItsLastStallIsTold() {
		this.master.ready(FIRST);
		this.master.received(FIRST, new FromWorker.Stalled("loop-1", Duration.ofMillis(700), "at A.b"));

		StallStatus stall = status(0).workers().get(0).stall();

		assertThat(stall).isNotNull().satisfies((it) -> assertThat(it.stack()).isEqualTo("at A.b"));
		assertThat(status(GetStatus.NO_SLOT).workers().get(0).stall()).isNull();
	}

	@Test
	void whenReloadIsAskedForThenItIsBegunOnceAndToldToItsEnd() throws IOException {
		this.master.ready(FIRST);
		this.master.ready(SECOND);

		assertThat(answer(new OperatorRequest.Reload(++this.requests)))
			.isEqualTo(new OperatorAnswer.Accepted(this.requests, 2));
		assertThat(answer(new OperatorRequest.Reload(++this.requests))).isEqualTo(
				new OperatorAnswer.Rejected(this.requests, Cause.CONFLICT, "a reload is in progress: generation 2"));
		assertThat(status(GetStatus.NO_SLOT).reload()).isNotNull().satisfies((reload) -> {
			assertThat(reload.id()).isEqualTo(2);
			assertThat(reload.phase()).isEqualTo("preparing");
			assertThat(reload.verdict()).isNull();
			assertThat(reload.slots()).containsExactly(new ReloadStatus.SlotProgress(0, 1, "waiting"),
					new ReloadStatus.SlotProgress(1, 1, "waiting"));
		});

		// The application can't be asked for its settings.
		Files.createFile(this.gate);
		await().until(() -> verdict() != null);

		assertThat(verdict()).isNotNull().satisfies((verdict) -> {
			assertThat(verdict.succeeded()).isFalse();
			assertThat(verdict.reason()).isNotEmpty();
		});
		assertThat(status(GetStatus.NO_SLOT).master().reloads()).satisfies((reloads) -> {
			assertThat(reloads.succeeded()).isZero();
			assertThat(reloads.rolledBack()).isOne();
			assertThat(reloads.took()).isPositive();
		});
	}

	@Test
	void whenServiceStopsThenThereIsNoReload() {
		this.master.ready(FIRST);
		this.master.loop.handle(new Event.StopRequested(false));

		assertThat(answer(new OperatorRequest.Reload(++this.requests))).isEqualTo(new OperatorAnswer.Rejected(
				this.requests, Cause.CONFLICT, "the service does not run, or is about to stop"));
	}

	@Test
	void whenNumberOfWorkersIsAskedForThenItIsBegunOrRejected() {
		assertThat(answer(new OperatorRequest.Scale(++this.requests, 3)))
			.isEqualTo(new OperatorAnswer.Accepted(this.requests, 3));
		assertThat(status(GetStatus.NO_SLOT).workers()).hasSize(3);
		for (int workers : new int[] { 0, -1, 1025 }) {
			assertThat(answer(new OperatorRequest.Scale(++this.requests, workers)))
				.isEqualTo(new OperatorAnswer.Rejected(this.requests, Cause.INVALID,
						"the number of workers must be between 1 and 1024"));
		}
		assertThat(status(GetStatus.NO_SLOT).master().workers()).isEqualTo(3);
	}

	@Test
	void whenSlotIsToBeRecycledThenItIsBegunOrRejected() {
		this.master.ready(FIRST);

		assertThat(answer(new OperatorRequest.Recycle(++this.requests, 2))).isEqualTo(new OperatorAnswer.Rejected(
				this.requests, Cause.UNKNOWN, "there is no slot 2; the service has 2 workers"));
		assertThat(answer(new OperatorRequest.Recycle(++this.requests, 1)))
			.isEqualTo(new OperatorAnswer.Rejected(this.requests, Cause.CONFLICT, "no worker is ready in slot 1"));
		this.master.ready(SECOND);
		assertThat(answer(new OperatorRequest.Recycle(++this.requests, 0)))
			.isEqualTo(new OperatorAnswer.Accepted(this.requests, 0));
		assertThat(status(GetStatus.NO_SLOT).workers()).filteredOn((worker) -> worker.slot() == 0)
			.extracting(WorkerStatus::state)
			.containsExactly("ready", "starting");
	}

	private void heard(WorkerId id) {
		this.master.received(id, new FromWorker.Heartbeat(Duration.ZERO, Duration.ofMillis(7), 100, 5, 2, 3, 64, 128));
	}

	private ReloadStatus.@Nullable Verdict verdict() {
		return Objects.requireNonNull(status(GetStatus.NO_SLOT).reload()).verdict();
	}

	private ServiceStatus status(int slot) {
		return ((OperatorAnswer.Status) answer(new GetStatus(++this.requests, slot, true, true))).status();
	}

	private FromMaster answer(FromWorker question) {
		List<FromMaster> sent = this.master.control.session(FIRST).sent();
		int before = sent.size();
		this.master.received(FIRST, question);
		await().until(() -> sent.size() > before);
		return sent.get(sent.size() - 1);
	}

}
