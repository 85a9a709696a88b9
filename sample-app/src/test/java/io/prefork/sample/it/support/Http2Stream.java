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

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

import io.netty.channel.ConnectTimeoutException;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.PrematureCloseException;

/**
 * Sends each request as a stream of a clear-text HTTP/2 connection that it shares with
 * other clients of the run.
 */
final class Http2Stream implements LoadConnection {

	private static final int MAX_BODY_TEXT = 64;

	/**
	 * What the client's pool says when it took a connection just as GOAWAY arrived on it,
	 * twice in a row. No stream was opened, so no request was sent.
	 */
	private static final String NOT_SENT = "Max active streams is reached";

	private static final int ACQUISITIONS = 5;

	private final HttpClient client;

	private final String path;

	private final Duration timeout;

	private byte[] body = new byte[0];

	private int status;

	/**
	 * Create a client.
	 * @param client a client that speaks HTTP/2 and repeats nothing
	 * @param path the path to request
	 * @param timeout the longest time for one exchange
	 */
	Http2Stream(HttpClient client, String path, Duration timeout) {
		this.client = client;
		this.path = path;
		this.timeout = timeout;
	}

	@Override
	public void exchange() throws IOException {
		for (int acquisition = 1; acquisition < ACQUISITIONS; acquisition++) {
			try {
				exchangeOnce();
				return;
			}
			catch (IOException ex) {
				if (!Objects.toString(ex.getMessage(), "").contains(NOT_SENT)) {
					throw ex;
				}
			}
		}
		exchangeOnce();
	}

	@Override
	public void closeAfterServer() {
	}

	@Override
	public void close() {
	}

	@Override
	public int status() {
		return this.status;
	}

	/**
	 * Tell whether the connection has to be closed: never, the pool sees to that.
	 * @return {@code false}
	 */
	@Override
	public boolean isToBeClosed() {
		return false;
	}

	@Override
	public String body() {
		return new String(this.body, 0, Math.min(MAX_BODY_TEXT, this.body.length), StandardCharsets.UTF_8);
	}

	@Override
	public byte[] bodyBytes() {
		return this.body.clone();
	}

	@Override
	public boolean isBody(byte[] other) {
		return Arrays.equals(this.body, other);
	}

	@Override
	public Outcome outcomeOf(IOException ex) {
		String message = Objects.toString(ex.getMessage(), "").toLowerCase(Locale.ROOT);
		if (ex instanceof SocketTimeoutException) {
			return Outcome.READ_TIMEOUT;
		}
		if (ex instanceof ConnectTimeoutException) {
			return Outcome.CONNECT_TIMEOUT;
		}
		if (ex instanceof ConnectException) {
			return message.contains("refused") ? Outcome.CONNECT_REFUSED : Outcome.OTHER;
		}
		if (ex instanceof PrematureCloseException) {
			return (this.status > 0) ? Outcome.TRUNCATED : Outcome.EOF_BEFORE_RESPONSE;
		}
		return message.contains("reset") ? Outcome.RESET : Outcome.OTHER;
	}

	@Override
	public String describe(IOException ex) {
		return ex + " (stream of an HTTP/2 connection)";
	}

	private void exchangeOnce() throws IOException {
		this.status = 0;
		try {
			this.body = this.client.get().uri(this.path).responseSingle((response, content) -> {
				this.status = response.status().code();
				return content.asByteArray().switchIfEmpty(Mono.fromSupplier(() -> new byte[0]));
			}).timeout(this.timeout).blockOptional().orElseThrow();
		}
		catch (RuntimeException ex) {
			throw asIOException(Exceptions.unwrap(ex));
		}
	}

	private static IOException asIOException(Throwable cause) {
		if (cause instanceof IOException ex) {
			return ex;
		}
		if (cause instanceof TimeoutException) {
			return new SocketTimeoutException(cause.getMessage());
		}
		if (cause instanceof InterruptedException) {
			Thread.currentThread().interrupt();
			return new InterruptedIOException(cause.toString());
		}
		return new IOException(cause);
	}

}
