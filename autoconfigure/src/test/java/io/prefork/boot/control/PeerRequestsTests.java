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

package io.prefork.boot.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.protocol.FromPeers;
import io.prefork.protocol.FromPeers.Asked.Peer;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Gzip;
import io.prefork.protocol.Message;
import io.prefork.protocol.ToPeers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link PeerRequests} and {@link PeerResponder}.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class PeerRequestsTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private final List<FromWorker> sent = new CopyOnWriteArrayList<>();

	private final PeerRequests requests = new PeerRequests(this.sent::add);

	@Test
	void whenAllHaveAnsweredThenTheAnswersAreThere() throws Exception {
		CompletableFuture<PeerAnswers> answers = this.requests.ask("subject", LONG);
		byte[] content = Gzip.compress("one".getBytes(StandardCharsets.UTF_8));

		this.requests.asked(new FromPeers.Asked(1, List.of(new Peer(1), new Peer(2), new Peer(3))));
		this.requests.part(new FromPeers.PeerPart(1, 1, ByteBuffer.wrap(content, 0, 5), false));
		this.requests.gone(new FromPeers.PeerGone(1, 2));
		this.requests.part(new FromPeers.PeerPart(1, 1, ByteBuffer.wrap(content, 5, content.length - 5), true));
		assertThat(answers).isNotDone();
		this.requests.part(new FromPeers.PeerPart(1, 3, ByteBuffer.allocate(0), true));

		assertThat(this.sent).containsExactly(new ToPeers.AskWorkers(1, ToPeers.AskWorkers.ALL, "subject", false));
		assertThat(answers.get().answers()).containsOnlyKeys(1);
		assertThat(answers.get().answers().get(1)).asString().isEqualTo("one");
		assertThat(answers.get().missing()).isEqualTo(Set.of(2, 3));
	}

	@Test
	void whenNobodyElseServesThenThereIsNothingToWaitFor() {
		CompletableFuture<PeerAnswers> answers = this.requests.ask("subject", LONG);

		this.requests.asked(new FromPeers.Asked(1, List.of()));

		assertThat(answers).isCompletedWithValue(new PeerAnswers(Map.of(), Set.of()));
	}

	@Test
	void whenTimeIsOverOrTheMasterIsGoneThenTheRestIsMissing() {
		CompletableFuture<PeerAnswers> hasty = this.requests.ask("subject", Duration.ofMillis(50));
		this.requests.asked(new FromPeers.Asked(1, List.of(new Peer(1))));
		assertThat(hasty).succeedsWithin(LONG).isEqualTo(new PeerAnswers(Map.of(), Set.of(1)));

		CompletableFuture<PeerAnswers> waiting = this.requests.ask("subject", LONG);
		this.requests.asked(new FromPeers.Asked(2, List.of(new Peer(1))));
		this.requests.end();
		assertThat(waiting).isCompletedWithValue(new PeerAnswers(Map.of(), Set.of(1)));
		assertThat(this.requests.ask("subject", LONG)).isCompletedWithValue(new PeerAnswers(Map.of(), Set.of()));
	}

	@Test
	void whenTotalsAreAskedForThenTheMasterKeepsThoseOfThisWorkerAndTellsThoseOfTheGone() throws Exception {
		byte[] own = "mine".getBytes(StandardCharsets.UTF_8);
		CompletableFuture<PeerAnswers> answers = this.requests.totals("subject", own, Duration.ofSeconds(2));
		this.requests.asked(new FromPeers.Asked(1, List.of(new Peer(1), new Peer(FromPeers.PeerPart.GONE))));

		await().until(() -> this.sent.contains(new ToPeers.EndAsking(1)));
		this.requests.gone(new FromPeers.PeerGone(1, 1));
		this.requests.part(new FromPeers.PeerPart(1, FromPeers.PeerPart.GONE,
				ByteBuffer.wrap(Gzip.compress("theirs".getBytes(StandardCharsets.UTF_8))), true));

		assertThat(this.sent).containsExactly(
				new ToPeers.Farewell("subject", ByteBuffer.wrap(Gzip.compress(own)), true),
				new ToPeers.AskWorkers(1, ToPeers.AskWorkers.ALL, "subject", true), new ToPeers.EndAsking(1));
		assertThat(answers.get().answers().get(FromPeers.PeerPart.GONE)).asString().isEqualTo("theirs");
		assertThat(answers.get().missing()).isEqualTo(Set.of(1));
	}

	@Test
	void whenWorkerGoesThenItGivesItsLastAnswers(@TempDir Path directory) throws Exception {
		try (FakeMaster master = FakeMaster.start(directory)) {
			MasterConnection connection = master.connect();
			connection.responder().answer("subject", (rest) -> rest.getBytes(StandardCharsets.UTF_8));
			connection.responder().answerAtTheEnd("subject one");

			connection.responder().sayFarewell();

			await()
				.untilAsserted(() -> assertThat(master.received()).containsExactly(new ToPeers.Farewell("subject one",
						ByteBuffer.wrap(Gzip.compress("one".getBytes(StandardCharsets.UTF_8))), true)));
		}
	}

	@Test
	void whenWorkerIsAskedThenItAnswersInParts(@TempDir Path directory) throws Exception {
		byte[] large = new byte[200_000];
		new Random(7).nextBytes(large);
		try (FakeMaster master = FakeMaster.start(directory)) {
			MasterConnection connection = master.connect();
			connection.responder().answer("large", (rest) -> rest.equals("one two") ? large : new byte[0]);
			connection.responder().answer("wrong", (rest) -> {
				throw new IllegalStateException("This one is broken");
			});
			connection.send(new FromWorker.Ready(0));
			await().until(() -> !master.received().isEmpty());

			master.say(new FromPeers.Question(5, "large one two"));
			master.say(new FromPeers.Question(6, "wrong"));
			master.say(new FromPeers.Question(7, "unknown"));
			await().until(() -> master.received().contains(new ToPeers.AnswerPart(7, ByteBuffer.allocate(0), true)));

			assertThat(master.received()).contains(new ToPeers.AnswerPart(6, ByteBuffer.allocate(0), true));
			assertThat(Arrays.equals(Gzip.expand(answer(master.received(), 5)), large)).isTrue();
		}
	}

	private static byte[] answer(List<Message> received, int question) {
		ByteBuffer answer = ByteBuffer.allocate(1_000_000);
		received.forEach((message) -> {
			if (message instanceof ToPeers.AnswerPart part && part.question() == question) {
				answer.put(part.content().duplicate());
			}
		});
		byte[] bytes = new byte[answer.position()];
		answer.flip().get(bytes);
		return bytes;
	}

}
