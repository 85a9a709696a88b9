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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.AttributeKey;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.prefork.boot.accept.AcceptForwarder;
import io.prefork.boot.accept.AcceptGate;
import io.prefork.protocol.FromWorker;

/**
 * A request that a worker sends to itself. The accept queue is shared by all workers, so
 * the request comes in by a listener of its own, whose connection is then handed to the
 * server as if it had accepted it.
 */
public final class Probe {

	/**
	 * Whether the server of a listener speaks TLS.
	 */
	public static final AttributeKey<Boolean> TLS = AttributeKey.valueOf(Probe.class, "TLS");

	private static final Log logger = LogFactory.getLog(Probe.class);

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final int NONE = 0;

	private static final int CHUNK = 8192;

	private Probe() {
	}

	/**
	 * Ask the application, blocking until it has answered. Not for event loops.
	 * @param gate the worker's gate, whose first listener's server is asked
	 * @param path the path of the request; empty for no request
	 * @return the status of the answer; 0 if nothing was asked or the server speaks
	 * another protocol, {@link FromWorker.Ready#PROBE_FAILED} if it did not answer in
	 * time
	 */
	public static int ask(AcceptGate gate, String path) {
		return ask(gate, path, LIMIT);
	}

	public static int ask(AcceptGate gate, String path, Duration limit) {
		ServerChannel server = gate.firstListener();
		if (path.isEmpty() || server == null) {
			return NONE;
		}
		ServerSocketChannel entrance = server.attr(ListenerHandler.TRANSPORT).get().newListener();
		entrance.pipeline().addLast(new AcceptForwarder(server.pipeline(), gate));
		try {
			open(server, entrance);
			return ask(entrance.localAddress(), path, Boolean.TRUE.equals(server.attr(TLS).get()), limit);
		}
		catch (SocketTimeoutException ex) {
			return FromWorker.Ready.PROBE_FAILED;
		}
		catch (IOException | GeneralSecurityException ex) {
			// A server that wants a certificate or the PROXY protocol is not ill.
			logger.info("The worker could not send a request to itself: " + ex);
			return NONE;
		}
		finally {
			entrance.close();
		}
	}

	private static void open(ServerChannel server, ServerSocketChannel entrance) throws IOException {
		ChannelFuture registration = server.eventLoop().register(entrance).awaitUninterruptibly();
		ChannelFuture binding = registration.isSuccess()
				? entrance.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).awaitUninterruptibly()
				: registration;
		if (!binding.isSuccess()) {
			throw new IOException("The probe can't be sent", binding.cause());
		}
	}

	private static int ask(SocketAddress address, String path, boolean tls, Duration limit)
			throws IOException, GeneralSecurityException {
		try (Socket socket = tls ? tlsContext().getSocketFactory().createSocket() : new Socket()) {
			socket.setSoTimeout((int) limit.toMillis());
			socket.connect(address, (int) limit.toMillis());
			String request = "GET %s HTTP/1.1\r\nHost: localhost\r\nUser-Agent: prefork-probe\r\nConnection: close\r\n\r\n";
			socket.getOutputStream().write(request.formatted(path).getBytes(StandardCharsets.US_ASCII));
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
			return NONE;
		}
		return Integer.parseInt(line.substring(9, 12));
	}

	private static SSLContext tlsContext() throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		TrustManager[] trustAll = InsecureTrustManagerFactory.INSTANCE.getTrustManagers();
		context.init(null, trustAll, null);
		return context;
	}

}
