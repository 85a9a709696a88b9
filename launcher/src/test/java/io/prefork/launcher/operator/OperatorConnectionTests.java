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

package io.prefork.launcher.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.RunDirectoryFiles;
import io.prefork.launcher.control.ControlServer;
import io.prefork.launcher.edge.ControlListener;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorAnswer.Rejected.Cause;
import io.prefork.protocol.OperatorRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OperatorConnection}, with the control socket of a master.
 */
class OperatorConnectionTests {

	private final Path directory;

	private final ControlServer server;

	private volatile Function<OperatorRequest, OperatorAnswer> answer = (request) -> new OperatorAnswer.Accepted(0, 2);

	private volatile boolean answers = true;

	private volatile boolean asked;

	OperatorConnectionTests(@TempDir Path directory) {
		this.directory = directory;
		this.server = ControlServer.open(RunDirectoryFiles.socketIn(directory), new Master());
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenSeveralThingsAreAskedForThenEachIsAnswered() throws Exception {
		try (OperatorConnection connection = OperatorConnection.to(this.directory)) {
			assertThat(connection.reload()).isEqualTo(2);
			this.answer = (request) -> new OperatorAnswer.Accepted(0,
					request.equals(new OperatorRequest.Reload(2)) ? 3 : 0);
			assertThat(connection.reload()).isEqualTo(3);
		}
	}

	@Test
	void whenMasterRejectsThenItsReasonIsTold() throws IOException {
		this.answer = (request) -> new OperatorAnswer.Rejected(0, Cause.CONFLICT, "not now");
		try (OperatorConnection connection = OperatorConnection.to(this.directory)) {
			assertThatExceptionOfType(RequestRejectedException.class).isThrownBy(connection::reload)
				.withMessage("not now");
		}
	}

	@Test
	void whenMasterAnswersSomethingElseThenItIsOfAnotherVersion() throws IOException {
		try (OperatorConnection connection = OperatorConnection.to(this.directory)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> connection.status(false, false))
				.withMessageContaining("of another version");
		}
	}

	@Test
	void whenMasterDoesNotAnswerThenItIsNotWaitedForForEver() throws IOException {
		this.answers = false;
		try (OperatorConnection connection = OperatorConnection.to(this.directory, Duration.ofMillis(200))) {
			assertThatExceptionOfType(IOException.class).isThrownBy(connection::reload)
				.withMessageContaining("has not answered");
		}
	}

	@Test
	void whenMasterEndsThenThatIsSaid() throws IOException {
		this.answers = false;
		try (OperatorConnection connection = OperatorConnection.to(this.directory)) {
			CompletableFuture<Integer> reload = CompletableFuture.supplyAsync(() -> {
				try {
					return connection.reload();
				}
				catch (IOException | RequestRejectedException ex) {
					throw new CompletionException(ex);
				}
			});
			Awaitility.await().until(() -> this.asked);
			this.server.close();

			assertThat(reload).failsWithin(Duration.ofSeconds(20))
				.withThrowableThat()
				.havingCause()
				.withMessageContaining("has ended the connection");
		}
	}

	@Test
	void whenThereIsNoMasterThenThereIsNoConnection(@TempDir Path other) throws IOException {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> OperatorConnection.to(other));
		Files.createFile(RunDirectoryFiles.socketIn(other));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> OperatorConnection.to(other));
	}

	private final class Master implements ControlListener {

		@Override
		public void received(WorkerId id, FromWorker message, Runnable done) {
		}

		@Override
		public void asked(OperatorRequest message, Consumer<OperatorAnswer> consumer) {
			OperatorConnectionTests.this.asked = true;
			if (OperatorConnectionTests.this.answers) {
				consumer.accept(OperatorConnectionTests.this.answer.apply(message));
			}
		}

		@Override
		public void disconnected(WorkerId id) {
		}

		@Override
		public void rejected(String reason) {
		}

	}

}
