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

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An HTTP/1.1 client that does only what it is told to, so that a test sees each byte and
 * the way in which a connection ends.
 */
public final class RawClient implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Socket socket;

	private RawClient(Socket socket) {
		this.socket = socket;
	}

	public static RawClient connect(int port) throws IOException {
		return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
	}

	/**
	 * Connect over TLS.
	 * @param port the port
	 * @param certificate the only certificate to trust
	 * @return the client
	 * @throws IOException if there is no connection
	 */
	public static RawClient connect(int port, TestCertificate certificate) throws IOException {
		return new RawClient(
				certificate.trusted().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port));
	}

	/**
	 * Make a WebSocket of the connection (RFC 6455, 4.1).
	 * @param path the path
	 * @return this
	 * @throws IOException if the server does not answer
	 */
	public RawClient upgrade(String path) throws IOException {
		write("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n".formatted(path));
		write("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
		String head = readTo("\r\n\r\n");
		if (!head.startsWith("HTTP/1.1 101 ")) {
			throw new IOException("No WebSocket: " + head);
		}
		return this;
	}

	public RawClient get(String path) throws IOException {
		return write("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path));
	}

	public RawClient write(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
		return this;
	}

	public RawClient send(int... bytes) throws IOException {
		this.socket.getOutputStream().write(new String(bytes, 0, bytes.length).getBytes(StandardCharsets.ISO_8859_1));
		return this;
	}

	/**
	 * Read until the text is there that ends what is expected.
	 * @param end the text
	 * @return all that was read
	 * @throws IOException if the connection ends or nothing comes
	 */
	public String readTo(String end) throws IOException {
		this.socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
		InputStream in = this.socket.getInputStream();
		StringBuilder text = new StringBuilder();
		while (text.indexOf(end) < 0) {
			int next = in.read();
			if (next < 0) {
				throw new IOException("End of connection after: " + text);
			}
			text.append((char) next);
		}
		return text.toString();
	}

	/**
	 * Read until the connection ends in order; a reset is a failure.
	 * @return what came before the end
	 * @throws IOException if the connection does not end, or not in order
	 */
	public String readToEnd() throws IOException {
		this.socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
		return new String(this.socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
	}

	/**
	 * Whether neither data nor the end of the connection comes within a time.
	 * @param time the time
	 * @return {@code true} if nothing came
	 * @throws IOException if the connection was reset
	 */
	public boolean isSilentFor(Duration time) throws IOException {
		this.socket.setSoTimeout(Math.toIntExact(time.toMillis()));
		try {
			this.socket.getInputStream().read();
			return false;
		}
		catch (SocketTimeoutException ex) {
			return true;
		}
	}

	public void hangUp() throws IOException {
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
