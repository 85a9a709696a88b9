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

package io.prefork.sample.it.support;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a free port that treats each connection as a test says.
 */
final class TestServer implements Closeable {

	private final ServerSocket listener;

	private final Behaviour behaviour;

	private final List<Socket> accepted = new CopyOnWriteArrayList<>();

	private final AtomicInteger connections = new AtomicInteger();

	TestServer(Behaviour behaviour) {
		try {
			this.listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.behaviour = behaviour;
		startThread(this::acceptAll);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	int connections() {
		return this.connections.get();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Socket socket : this.accepted) {
			socket.close();
		}
	}

	/**
	 * Read a request.
	 * @param socket where from
	 * @return its lines, empty if the client has closed the connection
	 * @throws IOException if reading fails
	 */
	static String request(Socket socket) throws IOException {
		StringBuilder request = new StringBuilder();
		while (request.indexOf("\r\n\r\n") < 0) {
			int b = socket.getInputStream().read();
			if (b < 0) {
				return "";
			}
			request.append((char) b);
		}
		return request.toString();
	}

	static void send(Socket socket, String response) throws IOException {
		socket.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
	}

	static String response(int status, String headers, String body) {
		return "HTTP/1.1 " + status + " Text\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
	}

	private void acceptAll() {
		while (!this.listener.isClosed()) {
			try {
				Socket socket = this.listener.accept();
				this.accepted.add(socket);
				this.connections.incrementAndGet();
				startThread(() -> serve(socket));
			}
			catch (IOException ex) {
				// Closed: the loop ends.
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			this.behaviour.serve(socket);
		}
		catch (IOException ex) {
			// The client's count is what is tested.
		}
		this.accepted.remove(socket);
	}

	private static void startThread(Runnable runnable) {
		Thread thread = new Thread(runnable, "test-server");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * What to do with a connection, which is closed at the end.
	 */
	@FunctionalInterface
	interface Behaviour {

		void serve(Socket socket) throws IOException;

	}

}
