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

package io.prefork.boot.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;

import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to a server of this process, each on a connection of its own. Not for
 * event loops.
 */
final class LoopbackClient {

	private static final int NO_STATUS = 0;

	private static final int CHUNK = 8192;

	private static final String REQUEST = "GET %s HTTP/1.1\r\nHost: localhost\r\nUser-Agent: %s\r\nConnection: close\r\n\r\n";

	private final InetSocketAddress address;

	private final SocketFactory sockets;

	/**
	 * Create a client.
	 * @param address where the server listens
	 * @param tls whether it speaks TLS
	 * @throws GeneralSecurityException if this process can't speak TLS
	 */
	LoopbackClient(InetSocketAddress address, boolean tls) throws GeneralSecurityException {
		this.address = address;
		this.sockets = tls ? tls() : SocketFactory.getDefault();
	}

	/**
	 * Send a request and read the answer.
	 * @param path its path
	 * @param agent who sends it
	 * @param limit how long to wait
	 * @return the status; 0 if the server speaks another protocol
	 * @throws IOException if there is no answer in time
	 */
	int get(String path, String agent, Duration limit) throws IOException {
		try (Socket socket = this.sockets.createSocket()) {
			socket.setSoTimeout((int) limit.toMillis());
			socket.connect(this.address, (int) limit.toMillis());
			socket.getOutputStream().write(REQUEST.formatted(path, agent).getBytes(StandardCharsets.US_ASCII));
			BufferedReader answer = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
			int status = status(answer.readLine());
			skipRest(answer, limit);
			return status;
		}
	}

	/**
	 * Read on to the end: what the application logs about an early close is not wanted.
	 * An answer without an end is an answer, too.
	 * @param answer the answer
	 * @param limit how long to read at most
	 */
	private static void skipRest(BufferedReader answer, Duration limit) {
		long end = System.nanoTime() + limit.toNanos();
		try {
			while (answer.read() >= 0 && System.nanoTime() - end < 0) {
				answer.skip(CHUNK);
			}
		}
		catch (IOException ex) {
			// The status is known.
		}
	}

	private static int status(@Nullable String line) {
		if (line == null || !line.matches("HTTP/1.\\d \\d{3}.*")) {
			return NO_STATUS;
		}
		return Integer.parseInt(line.substring(9, 12));
	}

	private static SocketFactory tls() throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		TrustManager[] trustAll = InsecureTrustManagerFactory.INSTANCE.getTrustManagers();
		context.init(null, trustAll, null);
		return context.getSocketFactory();
	}

}
