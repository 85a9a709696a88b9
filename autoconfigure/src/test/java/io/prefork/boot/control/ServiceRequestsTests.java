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

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.protocol.FromWorker;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorAnswer.Rejected.Cause;
import io.prefork.protocol.OperatorRequest;
import io.prefork.status.MasterStatus;
import io.prefork.status.ReloadTotals;
import io.prefork.status.ServiceStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ServiceRequests}.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ServiceRequestsTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private final List<FromWorker> sent = new ArrayList<>();

	private final ServiceRequests requests = new ServiceRequests(this.sent::add, LONG);

	@Test
	void whenMasterAnswersThenEachQuestionHasItsAnswer(@TempDir Path directory) throws Exception {
		ServiceStatus status = new ServiceStatus(
				new MasterStatus(5, Instant.ofEpochMilli(7), "running", 1, 2, 2, 4, ReloadTotals.NONE), List.of(),
				List.of(), List.of(), null, List.of(), List.of(), Map.of());
		try (FakeMaster master = FakeMaster.start(directory)) {
			ServiceRequests service = master.connect().service();
			CompletableFuture<ServiceStatus> first = service.status();
			CompletableFuture<Integer> second = service.reload();
			await().until(() -> master.received().size() == 2);

			master.say(new OperatorAnswer.Accepted(2, 3));
			master.say(new OperatorAnswer.Status(1, status));

			assertThat(first.get()).isEqualTo(status);
			assertThat(second.get()).isEqualTo(3);
			assertThat(master.received()).containsExactly(new OperatorRequest.GetStatus(1, -1, true, true),
					new OperatorRequest.Reload(2));
		}
	}

	@Test
	void whenMasterRejectsThenTheFailureSaysWhy() {
		CompletableFuture<Integer> recycled = this.requests.recycle(4);

		this.requests.answered(1, new OperatorAnswer.Rejected(1, Cause.UNKNOWN, "there is no slot 4"));

		assertThat(this.sent).containsExactly(new OperatorRequest.Recycle(1, 4));
		assertThat(recycled).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(RequestRejectedException.class,
					(ex) -> assertThat(ex.kind()).isEqualTo(Cause.UNKNOWN))
			.withMessage("there is no slot 4");
	}

	@Test
	void whenMasterGoesThenWhoeverWaitsOrAsksLaterIsTold() {
		CompletableFuture<Integer> waiting = this.requests.scale(3);

		this.requests.end();

		assertThat(waiting).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("The master is gone");
		assertThat(this.requests.status(1)).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withMessageContaining("The master is gone");
	}

	@Test
	void whenMasterDoesNotAnswerThenTheWaitEnds() {
		ServiceRequests hasty = new ServiceRequests(this.sent::add, Duration.ofMillis(10));

		assertThat(hasty.status()).failsWithin(LONG)
			.withThrowableThat()
			.withMessageContaining("The master has not answered within 10 ms");
		// Too late, which changes nothing.
		hasty.answered(1, new OperatorAnswer.Accepted(1, 2));
	}

}
