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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromMaster.Rejected.Cause;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.FromWorker.GetStatus;
import io.prefork.protocol.Gzip;
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
 * Tests for {@link Operations}, {@link StatusReport} and {@link PeerQuestions}.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class OperationsTests {

	private static final WorkerId FIRST = new WorkerId(0, 1);

	private static final WorkerId SECOND = new WorkerId(1, 1);

	private final MasterOnFakes master;

	private final Path gate;

	private int requests;

	OperationsTests(@TempDir Path directory) throws IOException {
		this.gate = directory.resolve("gate");
		Path java = Files.writeString(directory.resolve("java"),
				"#!/bin/sh\nuntil [ -e %s ]; do sleep 0.05; done\nexit 1\n".formatted(this.gate));
		Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
		this.master = new MasterOnFakes(directory, java);
		this.master.start();
	}

	@AfterEach
	void close() {
		this.master.close();
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
		assertThat(status.workers().get(0).load()).isEqualTo(new LoadStatus(100, 5, 2, 3, Duration.ofMillis(7), 64));
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

		assertThat(answer(new FromWorker.Reload(++this.requests))).isEqualTo(new FromMaster.Accepted(this.requests, 2));
		assertThat(answer(new FromWorker.Reload(++this.requests)))
			.isEqualTo(new FromMaster.Rejected(this.requests, Cause.CONFLICT, "a reload is in progress: generation 2"));
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
	}

	@Test
	void whenServiceStopsThenThereIsNoReload() {
		this.master.ready(FIRST);
		this.master.loop.handle(new Event.StopRequested(false));

		assertThat(answer(new FromWorker.Reload(++this.requests))).isEqualTo(new FromMaster.Rejected(this.requests,
				Cause.CONFLICT, "the service does not run, or is about to stop"));
	}

	@Test
	void whenNumberOfWorkersIsAskedForThenItIsBegunOrRejected() {
		assertThat(answer(new FromWorker.Scale(++this.requests, 3)))
			.isEqualTo(new FromMaster.Accepted(this.requests, 3));
		assertThat(status(GetStatus.NO_SLOT).workers()).hasSize(3);
		for (int workers : new int[] { 0, -1, 1025 }) {
			assertThat(answer(new FromWorker.Scale(++this.requests, workers))).isEqualTo(new FromMaster.Rejected(
					this.requests, Cause.INVALID, "the number of workers must be between 1 and 1024"));
		}
		assertThat(status(GetStatus.NO_SLOT).master().workers()).isEqualTo(3);
	}

	@Test
	void whenSlotIsToBeRecycledThenItIsBegunOrRejected() {
		this.master.ready(FIRST);

		assertThat(answer(new FromWorker.Recycle(++this.requests, 2))).isEqualTo(
				new FromMaster.Rejected(this.requests, Cause.UNKNOWN, "there is no slot 2; the service has 2 workers"));
		assertThat(answer(new FromWorker.Recycle(++this.requests, 1)))
			.isEqualTo(new FromMaster.Rejected(this.requests, Cause.CONFLICT, "no worker is ready in slot 1"));
		this.master.ready(SECOND);
		assertThat(answer(new FromWorker.Recycle(++this.requests, 0)))
			.isEqualTo(new FromMaster.Accepted(this.requests, 0));
		assertThat(status(GetStatus.NO_SLOT).workers()).filteredOn((worker) -> worker.slot() == 0)
			.extracting(WorkerStatus::state)
			.containsExactly("ready", "starting");
	}

	@Test
	void whenWorkerAsksTheOthersThenTheirAnswersArePassedOn() {
		this.master.ready(FIRST);
		this.master.ready(SECOND);
		ByteBuffer content = ByteBuffer.wrap(new byte[] { 1 });

		this.master.received(FIRST, new FromWorker.AskWorkers(7, FromWorker.AskWorkers.ALL, "metrics", false));

		FromMaster.Question question = (FromMaster.Question) last(SECOND);
		assertThat(question.question()).isEqualTo("metrics");
		assertThat(last(FIRST)).isEqualTo(new FromMaster.Asked(7, List.of(new FromMaster.Asked.Peer(1))));
		this.master.received(SECOND, new FromWorker.AnswerPart(question.number(), content, false));
		assertThat(last(FIRST)).isEqualTo(new FromMaster.PeerPart(7, 1, content, false));
		// Nobody answers for another one.
		this.master.received(FIRST, new FromWorker.AnswerPart(question.number(), content, true));
		this.master.received(SECOND, new FromWorker.AnswerPart(question.number(), content, true));
		assertThat(last(FIRST)).isEqualTo(new FromMaster.PeerPart(7, 1, content, true));
		int sent = this.master.control.session(FIRST).sent().size();
		this.master.received(SECOND, new FromWorker.AnswerPart(question.number(), content, true));
		assertThat(this.master.control.session(FIRST).sent()).hasSize(sent);
	}

	@Test
	void whenOneSlotIsAskedThenNoOtherOneIs() {
		this.master.ready(FIRST);
		this.master.ready(SECOND);

		this.master.received(FIRST, new FromWorker.AskWorkers(7, 0, "metrics", false));
		assertThat(last(FIRST)).isEqualTo(new FromMaster.Asked(7, List.of()));
		this.master.received(FIRST, new FromWorker.AskWorkers(8, 1, "metrics", false));
		assertThat(last(FIRST)).isEqualTo(new FromMaster.Asked(8, List.of(new FromMaster.Asked.Peer(1))));
	}

	@Test
	void whenWorkerThatWasAskedIsGoneThenNobodyWaitsForIt() {
		this.master.ready(FIRST);
		this.master.ready(SECOND);
		this.master.received(FIRST, new FromWorker.AskWorkers(7, FromWorker.AskWorkers.ALL, "metrics", false));

		this.master.exit(SECOND);

		assertThat(last(FIRST)).isEqualTo(new FromMaster.PeerGone(7, 1));
		this.master.received(FIRST, new FromWorker.AskWorkers(8, 1, "metrics", false));
		assertThat(last(FIRST)).isEqualTo(new FromMaster.Asked(8, List.of()));
	}

	@Test
	void whenTotalsAreAskedForThenWhatWorkersHaveCountedThatAreGoneIsInThem() {
		this.master.ready(FIRST);
		this.master.ready(SECOND);
		FromWorker.AskWorkers ask = new FromWorker.AskWorkers(7, FromWorker.AskWorkers.ALL, "metrics", true);

		this.master.received(FIRST, ask);
		assertThat(this.master.control.session(FIRST).sent()).contains(new FromMaster.Asked(7,
				List.of(new FromMaster.Asked.Peer(1), new FromMaster.Asked.Peer(FromMaster.PeerPart.GONE))));
		FromMaster.Question question = (FromMaster.Question) last(SECOND);
		this.master.received(SECOND, new FromWorker.AnswerPart(question.number(), counted(3), true));
		assertThat(gone(1)).isEmpty();

		// It has counted more since, and says so before it goes.
		this.master.received(SECOND, new FromWorker.Farewell("metrics", counted(5), true));
		this.master.exit(SECOND);
		this.master.received(FIRST, ask);
		assertThat(gone(2)).isEqualTo("# TYPE a counter\na 5.0\n");

		// The next one does not answer: what it has told before counts.
		WorkerId third = new WorkerId(1, 2);
		this.master.received(third, new FromWorker.Ready(200));
		this.master.received(third, new FromWorker.Farewell("metrics", counted(2), true));
		this.master.received(FIRST, ask);
		this.master.received(FIRST, new FromWorker.EndAsking(7));
		assertThat(this.master.control.session(FIRST).sent()).contains(new FromMaster.PeerGone(7, 1));
		assertThat(gone(3)).isEqualTo("# TYPE a counter\na 7.0\n");
	}

	@Test
	void whenWorkerAnswersAndGoesThenItIsCountedOnce() {
		WorkerId third = new WorkerId(2, 1);
		this.master.received(FIRST, new FromWorker.Scale(1, 3));
		this.master.ready(FIRST);
		this.master.ready(SECOND);
		this.master.ready(third);
		this.master.received(FIRST, new FromWorker.AskWorkers(7, FromWorker.AskWorkers.ALL, "metrics", true));
		FromMaster.Question toSecond = (FromMaster.Question) last(SECOND);
		FromMaster.Question toThird = (FromMaster.Question) last(third);

		this.master.received(SECOND, new FromWorker.AnswerPart(toSecond.number(), counted(3), true));
		this.master.exit(SECOND);
		this.master.received(third, new FromWorker.AnswerPart(toThird.number(), counted(1), true));

		assertThat(gone(1)).isEmpty();
	}

	private String gone(int count) {
		List<FromMaster> sent = this.master.control.session(FIRST).sent();
		await().until(() -> gone(sent).size() == count);
		ByteBuffer content = gone(sent).get(count - 1).content();
		byte[] bytes = new byte[content.remaining()];
		content.duplicate().get(bytes);
		return new String(Gzip.expand(bytes), StandardCharsets.UTF_8);
	}

	private static List<FromMaster.PeerPart> gone(List<FromMaster> sent) {
		return sent.stream()
			.filter((message) -> message instanceof FromMaster.PeerPart part && part.slot() == FromMaster.PeerPart.GONE)
			.map(FromMaster.PeerPart.class::cast)
			.toList();
	}

	private static ByteBuffer counted(int count) {
		String text = "# TYPE a counter\na %d.0\n".formatted(count);
		return ByteBuffer.wrap(Gzip.compress(text.getBytes(StandardCharsets.UTF_8)));
	}

	private FromMaster last(WorkerId id) {
		List<FromMaster> sent = this.master.control.session(id).sent();
		return sent.get(sent.size() - 1);
	}

	private void heard(WorkerId id) {
		this.master.received(id, new FromWorker.Heartbeat(Duration.ZERO, Duration.ofMillis(7), 100, 5, 2, 3, 64, 128));
	}

	private ReloadStatus.@Nullable Verdict verdict() {
		return Objects.requireNonNull(status(GetStatus.NO_SLOT).reload()).verdict();
	}

	private ServiceStatus status(int slot) {
		return ((FromMaster.Status) answer(new GetStatus(++this.requests, slot))).status();
	}

	private FromMaster answer(FromWorker question) {
		List<FromMaster> sent = this.master.control.session(FIRST).sent();
		int before = sent.size();
		this.master.received(FIRST, question);
		await().until(() -> sent.size() > before);
		return sent.get(sent.size() - 1);
	}

}
