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

package io.prefork.launcher.listen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.DispatchStrategy;
import io.prefork.contract.Scoreboard;
import io.prefork.launcher.edge.ConnectionSink;
import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.TcpAddress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Dispatcher} with real connections.
 */
class DispatcherTests {

	private static final TcpAddress ADDRESS = new TcpAddress("127.0.0.1", 0, 0);

	private static final int LIMIT = 10;

	private final List<Socket> clients = new ArrayList<>();

	private final Listeners listeners = new Listeners(16, false, List.of());

	private final Dispatcher dispatcher = new Dispatcher(this.listeners, DispatchStrategy.LEAST_CONNECTIONS, LIMIT,
			(warning) -> {
			});

	private final Scoreboard scoreboard;

	DispatcherTests(@TempDir Path directory) throws IOException {
		this.scoreboard = Scoreboard.create(directory.resolve("scoreboard"));
	}

	@BeforeEach
	void listen() throws ListenException {
		this.listeners.obtain(ADDRESS);
	}

	@AfterEach
	void close() throws IOException {
		for (Socket client : this.clients) {
			client.close();
		}
		this.listeners.close();
	}

	@Test
	void whenWorkersAreThereThenConnectionsAreSharedOut() throws Exception {
		Worker first = worker(0);
		Worker second = worker(1);

		for (int i = 0; i < 4; i++) {
			connect();
		}

		assertThat(first.take()).isNotEqualTo(first.take());
		assertThat(second.take()).isNotEqualTo(second.take());
	}

	@Test
	void whenConnectionHasArrivedThenMasterLetsItGo() throws Exception {
		Worker worker = worker(0);
		Socket client = connect();
		assertThat(worker.take()).isPositive();
		assertThat(isOpen(client)).isTrue();

		worker.line.opened();

		await().until(() -> !isOpen(client));
	}

	@Test
	void whenWorkerDiesThenWhatHasNotArrivedGoesToAnother() throws Exception {
		Worker first = worker(0);
		connect();
		connect();
		int arrived = first.take();
		int lost = first.take();
		first.line.opened();
		Worker second = worker(1);

		this.dispatcher.remove(first);

		assertThat(second.take()).isEqualTo(lost).isNotEqualTo(arrived);
		assertThat(second.received.poll(100, TimeUnit.MILLISECONDS)).isNull();
	}

	@Test
	void whenWorkerDoesNotTakeWhatItGetsThenOthersGetTheRest() throws Exception {
		Worker stalled = worker(0);
		Worker well = worker(1);
		connect();
		connect();
		stalled.take();
		well.take();
		well.line.opened();
		await().pollDelay(100, TimeUnit.MILLISECONDS).until(() -> true);

		for (int i = 0; i < 6; i++) {
			connect();
			well.take();
			well.line.opened();
		}

		assertThat(stalled.received).isEmpty();
	}

	@Test
	void whenWorkerHasAsManyConnectionsAsItMayThenTheNextOneWaits() throws Exception {
		Worker worker = worker(0);
		for (int i = 0; i < LIMIT; i++) {
			connect();
			worker.take();
			worker.line.opened();
		}
		connect();

		assertThat(worker.received.poll(100, TimeUnit.MILLISECONDS)).isNull();
		worker.line.closed();
		assertThat(worker.take()).isPositive();
	}

	@Test
	void whenThereIsNoWorkerThenConnectionWaitsForOne() throws Exception {
		Worker first = worker(0);
		this.dispatcher.end(first);
		assertThat(first.ended.poll(5, TimeUnit.SECONDS)).isTrue();
		Socket client = connect();
		assertThat(isOpen(client)).isTrue();

		Worker second = worker(1);

		assertThat(second.take()).isPositive();
		assertThat(first.received).isEmpty();
	}

	private Worker worker(int line) {
		Worker worker = new Worker(this.scoreboard.line(line));
		this.dispatcher.add(worker, worker.line);
		return worker;
	}

	private Socket connect() throws IOException {
		String address = this.listeners.addresses().get(0);
		Socket client = new Socket(InetAddress.getLoopbackAddress(),
				Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
		this.clients.add(client);
		return client;
	}

	private static boolean isOpen(Socket client) throws IOException {
		client.setSoTimeout(50);
		try {
			return client.getInputStream().read() >= 0;
		}
		catch (SocketTimeoutException ex) {
			return true;
		}
	}

	/**
	 * A worker that is told descriptors, which are those of this process.
	 */
	private static final class Worker implements ConnectionSink {

		private final BlockingQueue<Integer> received = new LinkedBlockingQueue<>();

		private final BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();

		private final Scoreboard.Line line;

		Worker(Scoreboard.Line line) {
			this.line = line;
		}

		int take() throws InterruptedException {
			Integer descriptor = this.received.poll(10, TimeUnit.SECONDS);
			return (descriptor != null) ? descriptor : -1;
		}

		@Override
		public void sendConnection(int descriptor, Consumer<Boolean> sent) {
			this.received.add(descriptor);
			sent.accept(true);
		}

		@Override
		public void endConnections() {
			this.ended.add(true);
		}

	}

}
