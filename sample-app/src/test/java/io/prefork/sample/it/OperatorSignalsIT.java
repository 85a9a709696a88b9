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

package io.prefork.sample.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.HttpReply;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.Sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Signals by which an operator rotates logs and pauses the service.
 */
@TestInstance(Lifecycle.PER_CLASS)
class OperatorSignalsIT {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final Path directory;

	private final Path logFile;

	private final PreforkService service;

	OperatorSignalsIT(@TempDir Path directory) {
		this.directory = directory;
		this.logFile = directory.resolve("app.log");
		this.service = PreforkService.builder()
			.args("--prefork.workers=2", "--prefork.reload.canary=0", "--prefork.graceful-timeout=6s",
					"--logging.file.name=" + this.logFile,
					"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m")
			.start();
	}

	@BeforeAll
	void start() {
		this.service.awaitReady();
	}

	@BeforeEach
	void awaitWorkers() {
		this.service.awaitReadySlots(2);
		this.service.awaitProcesses(2);
	}

	@AfterAll
	void stop() {
		this.service.close();
	}

	@Test
	void whenLogFileIsMovedAndUsr1SentThenMasterAndWorkersWriteToANewFile() throws IOException {
		Path moved = this.directory.resolve("app.log.1");
		Files.move(this.logFile, moved);
		for (Path file : workerLogFiles()) {
			Files.move(file, file.resolveSibling(file.getFileName() + ".1"));
		}

		int from = this.service.signal("USR1");

		this.service.awaitLine(from, "told all workers to reopen their log files");
		for (int slot = 0; slot < 2; slot++) {
			awaitInWorkerLogFile("worker=" + slot + "] .*Log files opened again");
		}
		awaitInLogFile("told all workers to reopen their log files");
		String rest = Files.readString(moved);
		PreforkService.signal(this.service.readyWorker(0), "TERM");
		awaitInLogFile("worker=0 gen=\\d+ pid=\\d+ exited with code 143 \\(left\\)");
		awaitInWorkerLogFile("worker=0] .*Sample application stopped");
		assertThat(moved).hasContent(rest);
	}

	@Test
	void whenPausedThenRequestsAreAnsweredAndTtinBringsTheWorkersBack() {
		CompletableFuture<HttpReply> inFlight = request("/slow?ms=2000");

		pause();

		assertThat(inFlight.join().status()).isEqualTo(200);
		CompletableFuture<HttpReply> waiting = request("/hello");
		this.service.signal("TTIN");
		assertThat(this.service.awaitLine("starting 2 workers again")).isNotEmpty();
		assertThat(waiting.join().status()).isEqualTo(200);
		this.service.awaitReadySlots(2);
	}

	@Test
	void whenPausedThenHupStartsWorkersOfANewGeneration() {
		pause();
		CompletableFuture<HttpReply> waiting = request("/hello");

		String verdict = this.service.reload("(succeeded|rolled back)");

		assertThat(verdict).contains("succeeded");
		assertThat(waiting.join().status()).isEqualTo(200);
		this.service.awaitReadySlots(2);
	}

	private void pause() {
		int from = this.service.signal("WINCH");

		this.service.awaitLine(from, "all workers drain; the port stays open");
		this.service.awaitProcesses(0);
		assertThat(this.service.isAlive()).isTrue();
		assertThat(this.service.readyWorkers()).isEmpty();
	}

	/**
	 * Send a request and return as soon as it has a connection, accepted or not.
	 * @param path the path
	 * @return the answer to come
	 */
	private CompletableFuture<HttpReply> request(String path) {
		CompletableFuture<HttpReply> reply = CompletableFuture
			.supplyAsync(() -> Http.http11().get(this.service.url(path)));
		await().atMost(LIMIT).until(() -> Sockets.established(this.service.port()) > 0);
		assertThat(reply).isNotDone();
		return reply;
	}

	/**
	 * Each worker has a log file of its own.
	 */
	private void awaitInWorkerLogFile(String pattern) {
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(workerLogFiles())
				.anySatisfy((file) -> assertThat(file).content().containsPattern(pattern)));
	}

	private List<Path> workerLogFiles() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.getFileName().toString().matches("app-\\d+\\.log")).toList();
		}
	}

	private void awaitInLogFile(String pattern) {
		await().atMost(LIMIT).untilAsserted(() -> assertThat(this.logFile).content().containsPattern(pattern));
	}

}
