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
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.sample.it.support.IoUringJars;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker has no more connections than it may have.
 */
class WorkerConnectionsIT {

	private static final int LIMIT = 10;

	private final Deque<Socket> connections = new ArrayDeque<>();

	@AfterEach
	void closeConnections() throws IOException {
		for (Socket connection : this.connections) {
			connection.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "--prefork.distribution=shared", "--prefork.distribution=dispatch",
			"--prefork.distribution=reuseport", "--prefork.transport=io_uring" })
	void whenAllWorkersAreFullThenTheNextConnectionWaits(String option) throws IOException {
		// Only where each has a socket of its own does the neighbour matter.
		int workers = option.endsWith("reuseport") ? 2 : 1;
		try (PreforkService service = PreforkService.builder()
			.libraries(option.endsWith("io_uring") ? IoUringJars.all() : List.of())
			.args("--prefork.workers=" + workers, "--prefork.worker-connections=" + LIMIT, option)
			.start()
			.awaitReady()) {
			for (int i = 0; i < workers * LIMIT; i++) {
				assertThat(isAnswered(connect(service.port()), 30_000)).isTrue();
			}
			Socket next = connect(service.port());
			assertThat(isAnswered(next, 2000)).isFalse();

			this.connections.removeFirst().close();

			assertThat(isAnswered(next, 30_000)).isTrue();
		}
	}

	private Socket connect(int port) throws IOException {
		Socket connection = new Socket(InetAddress.getLoopbackAddress(), port);
		this.connections.add(connection);
		connection.getOutputStream().write("GET /pid HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		return connection;
	}

	private static boolean isAnswered(Socket connection, int limitMillis) throws IOException {
		try {
			connection.setSoTimeout(limitMillis);
			return connection.getInputStream().read() == 'H';
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

}
