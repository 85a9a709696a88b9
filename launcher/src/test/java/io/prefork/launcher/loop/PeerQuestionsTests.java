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
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromPeers;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Gzip;
import io.prefork.protocol.OperatorRequest;
import io.prefork.protocol.ToPeers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link PeerQuestions} and {@link KeptTotals}.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class PeerQuestionsTests {

	private static final WorkerId FIRST = new WorkerId(0, 1);

	private static final WorkerId SECOND = new WorkerId(1, 1);

	@AutoClose
	private final MasterOnFakes master;

	PeerQuestionsTests(@TempDir Path directory) throws IOException {
		this.master = new MasterOnFakes(directory);
		this.master.start();
	}

	@Test
	void whenWorkerAsksTheOthersThenTheirAnswersArePassedOn() {
		this.master.ready(FIRST);
		this.master.ready(SECOND);
		ByteBuffer content = ByteBuffer.wrap(new byte[] { 1 });

		this.master.received(FIRST, new ToPeers.AskWorkers(7, ToPeers.AskWorkers.ALL, "metrics", false));

		FromPeers.Question question = (FromPeers.Question) last(SECOND);
		assertThat(question.question()).isEqualTo("metrics");
		assertThat(last(FIRST)).isEqualTo(new FromPeers.Asked(7, List.of(new FromPeers.Asked.Peer(1))));
		this.master.received(SECOND, new ToPeers.AnswerPart(question.number(), content, false));
		assertThat(last(FIRST)).isEqualTo(new FromPeers.PeerPart(7, 1, content, false));
		// Nobody answers for another one.
		this.master.received(FIRST, new ToPeers.AnswerPart(question.number(), content, true));
		assertThat(last(FIRST)).isEqualTo(new FromPeers.PeerPart(7, 1, content, false));
		this.master.received(SECOND, new ToPeers.AnswerPart(question.number(), content, true));
		assertThat(last(FIRST)).isEqualTo(new FromPeers.PeerPart(7, 1, content, true));
		int sent = this.master.control.session(FIRST).sent().size();
		this.master.received(SECOND, new ToPeers.AnswerPart(question.number(), content, true));
		assertThat(this.master.control.session(FIRST).sent()).hasSize(sent);
	}

	@Test
	void whenOneSlotIsAskedThenNoOtherOneIs() {
		this.master.ready(FIRST);
		this.master.ready(SECOND);

		this.master.received(FIRST, new ToPeers.AskWorkers(7, 0, "metrics", false));
		assertThat(last(FIRST)).isEqualTo(new FromPeers.Asked(7, List.of()));
		this.master.received(FIRST, new ToPeers.AskWorkers(8, 1, "metrics", false));
		assertThat(last(FIRST)).isEqualTo(new FromPeers.Asked(8, List.of(new FromPeers.Asked.Peer(1))));
	}

	@Test
	void whenWorkerThatWasAskedIsGoneThenNobodyWaitsForIt() {
		this.master.ready(FIRST);
		this.master.ready(SECOND);
		this.master.received(FIRST, new ToPeers.AskWorkers(7, ToPeers.AskWorkers.ALL, "metrics", false));

		this.master.exit(SECOND);

		assertThat(last(FIRST)).isEqualTo(new FromPeers.PeerGone(7, 1));
		this.master.received(FIRST, new ToPeers.AskWorkers(8, 1, "metrics", false));
		assertThat(last(FIRST)).isEqualTo(new FromPeers.Asked(8, List.of()));
	}

	@Test
	void whenTotalsAreAskedForThenWhatWorkersHaveCountedThatAreGoneIsInThem() {
		this.master.ready(FIRST);
		this.master.ready(SECOND);
		ToPeers.AskWorkers ask = new ToPeers.AskWorkers(7, ToPeers.AskWorkers.ALL, "metrics", true);

		this.master.received(FIRST, ask);
		assertThat(this.master.control.session(FIRST).sent()).contains(new FromPeers.Asked(7,
				List.of(new FromPeers.Asked.Peer(1), new FromPeers.Asked.Peer(FromPeers.PeerPart.GONE))));
		FromPeers.Question question = (FromPeers.Question) last(SECOND);
		this.master.received(SECOND, new ToPeers.AnswerPart(question.number(), counted(3), true));
		assertThat(gone(1)).isEmpty();

		// What it has told before does not count beside what it tells now.
		this.master.received(FIRST, ask);
		question = (FromPeers.Question) last(SECOND);
		this.master.received(SECOND, new ToPeers.AnswerPart(question.number(), counted(4), true));
		assertThat(gone(2)).isEmpty();

		// It has counted more since, and says so before it goes.
		this.master.received(SECOND, new ToPeers.Farewell("metrics", counted(5), true));
		this.master.exit(SECOND);
		this.master.received(FIRST, ask);
		assertThat(gone(3)).isEqualTo("# TYPE a counter\na 5.0\n");

		// The next one does not answer: what it has told before counts.
		WorkerId third = new WorkerId(1, 2);
		this.master.received(third, new FromWorker.Ready(200));
		this.master.received(third, new ToPeers.Farewell("metrics", counted(2), true));
		this.master.received(FIRST, ask);
		this.master.received(FIRST, new ToPeers.EndAsking(7));
		assertThat(this.master.control.session(FIRST).sent()).contains(new FromPeers.PeerGone(7, 1));
		assertThat(gone(4)).isEqualTo("# TYPE a counter\na 7.0\n");
	}

	@Test
	void whenWorkerAnswersAndGoesThenItIsCountedOnce() {
		WorkerId third = new WorkerId(2, 1);
		this.master.received(FIRST, new OperatorRequest.Scale(1, 3));
		this.master.ready(FIRST);
		this.master.ready(SECOND);
		this.master.ready(third);
		this.master.received(FIRST, new ToPeers.AskWorkers(7, ToPeers.AskWorkers.ALL, "metrics", true));
		FromPeers.Question toSecond = (FromPeers.Question) last(SECOND);
		FromPeers.Question toThird = (FromPeers.Question) last(third);

		this.master.received(SECOND, new ToPeers.AnswerPart(toSecond.number(), counted(3), true));
		this.master.exit(SECOND);
		this.master.received(third, new ToPeers.AnswerPart(toThird.number(), counted(1), true));

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

	private static List<FromPeers.PeerPart> gone(List<FromMaster> sent) {
		return sent.stream()
			.filter((message) -> message instanceof FromPeers.PeerPart part && part.slot() == FromPeers.PeerPart.GONE)
			.map(FromPeers.PeerPart.class::cast)
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

}
