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

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One client connection at a time, opened on demand, that sends one prepared request over
 * and over; confined to one thread.
 */
final class HttpConnection implements LoadConnection {

	private static final int SERVER_CLOSE_TIMEOUT = 2000;

	private final int port;

	private final byte[] request;

	private final int connectTimeout;

	private final int readTimeout;

	private final HttpResponseReader reader = new HttpResponseReader();

	private @Nullable Socket socket;

	private @Nullable OutputStream out;

	private long exchanges;

	private boolean connecting;

	HttpConnection(int port, byte[] request, int connectTimeout, int readTimeout) {
		this.port = port;
		this.request = request;
		this.connectTimeout = connectTimeout;
		this.readTimeout = readTimeout;
	}

	/**
	 * Open the connection if it is not open, and send nothing yet.
	 * @throws IOException if it can't be opened
	 */
	void connect() throws IOException {
		if (this.out == null) {
			open();
		}
	}

	/**
	 * Send the request, on a new connection if none is open, and read the response to its
	 * end.
	 * @throws IOException if there was no complete response, see {@link #outcomeOf}
	 */
	@Override
	public void exchange() throws IOException {
		this.reader.reset();
		OutputStream out = (this.out != null) ? this.out : open();
		out.write(this.request);
		this.reader.read();
		this.exchanges++;
	}

	/**
	 * Let the server close the connection first, so that the port is not kept on this
	 * side for the TIME_WAIT period, then close it.
	 */
	@Override
	public void closeAfterServer() {
		try {
			if (this.socket != null) {
				this.socket.setSoTimeout(SERVER_CLOSE_TIMEOUT);
				this.reader.readToEnd();
			}
		}
		catch (IOException ex) {
			// The response was complete: how the connection ends does not matter.
		}
		close();
	}

	@Override
	public void close() {
		try {
			if (this.socket != null) {
				this.socket.close();
			}
		}
		catch (IOException ex) {
			// There is nothing left to lose.
		}
		this.socket = null;
		this.out = null;
	}

	@Override
	public int status() {
		return this.reader.status();
	}

	@Override
	public boolean isToBeClosed() {
		return this.reader.isToBeClosed();
	}

	@Override
	public String body() {
		return this.reader.body();
	}

	@Override
	public byte[] bodyBytes() {
		return this.reader.bodyBytes();
	}

	@Override
	public boolean isBody(byte[] other) {
		return this.reader.isBody(other);
	}

	@Override
	public Outcome outcomeOf(IOException ex) {
		if (ex instanceof SocketTimeoutException) {
			return this.connecting ? Outcome.CONNECT_TIMEOUT : Outcome.READ_TIMEOUT;
		}
		if (ex instanceof EOFException) {
			return endOfStream();
		}
		String message = Objects.toString(ex.getMessage(), "").toLowerCase(Locale.ROOT);
		if (ex instanceof ConnectException) {
			return message.contains("refused") ? Outcome.CONNECT_REFUSED : Outcome.OTHER;
		}
		if (message.contains("reset")) {
			return Outcome.RESET;
		}
		if (message.contains("broken pipe")) {
			return (this.exchanges > 0 && !this.reader.isStarted()) ? Outcome.STALE : Outcome.RESET;
		}
		return Outcome.OTHER;
	}

	@Override
	public String describe(IOException ex) {
		return ex + " (request " + (this.exchanges + 1) + " of its connection)";
	}

	private Outcome endOfStream() {
		if (this.reader.isStarted()) {
			return Outcome.TRUNCATED;
		}
		return (this.exchanges > 0) ? Outcome.STALE : Outcome.EOF_BEFORE_RESPONSE;
	}

	private OutputStream open() throws IOException {
		this.exchanges = 0;
		this.connecting = true;
		Socket socket = new Socket();
		this.socket = socket;
		socket.setTcpNoDelay(true);
		socket.setSoTimeout(this.readTimeout);
		socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), this.port),
				this.connectTimeout);
		this.connecting = false;
		InputStream in = socket.getInputStream();
		this.reader.from(in);
		OutputStream out = socket.getOutputStream();
		this.out = out;
		return out;
	}

}
