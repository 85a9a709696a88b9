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

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.channel.ChannelOption;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * A small load generator over 127.0.0.1 that retries nothing and counts every outcome.
 * <p>
 * One thread per client, blocking sockets (but for HTTP/2), bounded by a number of
 * requests and by time.
 */
public final class LoadClient {

	private final int port;

	private String path = "/";

	private LoadMode mode = LoadMode.KEEP_ALIVE;

	private int connections = 8;

	private long requests = 10_000;

	private int rate;

	private Duration limit = Duration.ofSeconds(30);

	private Duration connectTimeout = Duration.ofSeconds(5);

	private Duration readTimeout = Duration.ofSeconds(20);

	private LoadClient(int port) {
		this.port = port;
	}

	public static LoadClient against(int port) {
		return new LoadClient(port);
	}

	public LoadClient path(String path) {
		this.path = path;
		return this;
	}

	public LoadClient mode(LoadMode mode) {
		this.mode = mode;
		return this;
	}

	/**
	 * Set the number of clients, each with at most one open connection.
	 * @param connections the number of clients
	 * @return this
	 */
	public LoadClient connections(int connections) {
		this.connections = connections;
		return this;
	}

	/**
	 * Set the number of requests of all clients together.
	 * @param requests the number of requests
	 * @return this
	 */
	public LoadClient requests(long requests) {
		this.requests = requests;
		return this;
	}

	/**
	 * Limit the requests per second of all clients together, which leaves the processors
	 * to the servers.
	 * @param requestsPerSecond the highest rate, 0 for none
	 * @return this
	 */
	public LoadClient rate(int requestsPerSecond) {
		this.rate = requestsPerSecond;
		return this;
	}

	/**
	 * Set the time after which no more requests are sent.
	 * @param limit the time limit
	 * @return this
	 */
	public LoadClient limit(Duration limit) {
		this.limit = limit;
		return this;
	}

	public LoadClient timeouts(Duration connectTimeout, Duration readTimeout) {
		this.connectTimeout = connectTimeout;
		this.readTimeout = readTimeout;
		return this;
	}

	public LoadRun start() {
		return new LoadRun(this);
	}

	/**
	 * Create a client for HTTP/2 that repeats no request by itself.
	 * @param connections the pool of connections
	 * @return the client
	 */
	HttpClient http2(ConnectionProvider connections) {
		HttpClient client = HttpClient.create(connections)
			.disableRetry(true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) this.connectTimeout.toMillis())
			.host("127.0.0.1")
			.port(this.port);
		return (this.mode == LoadMode.HTTP2_TLS) ? TrustAll.http2(client) : client.protocol(HttpProtocol.H2C);
	}

	LoadConnection connection(HttpClient http2) {
		return switch (this.mode) {
			case HTTP2, HTTP2_TLS -> new Http2Stream(http2, this.path, this.readTimeout);
			case KEEP_ALIVE, CONNECTION_PER_REQUEST -> connection();
		};
	}

	HttpConnection connection() {
		String header = (isConnectionPerRequest() ? "Connection: close\r\n" : "");
		String request = "GET " + this.path + " HTTP/1.1\r\nHost: 127.0.0.1:" + this.port + "\r\n" + header + "\r\n";
		return new HttpConnection(this.port, request.getBytes(StandardCharsets.US_ASCII),
				(int) this.connectTimeout.toMillis(), (int) this.readTimeout.toMillis());
	}

	boolean isConnectionPerRequest() {
		return this.mode == LoadMode.CONNECTION_PER_REQUEST;
	}

	int connections() {
		return this.connections;
	}

	long requests() {
		return this.requests;
	}

	Duration limit() {
		return this.limit;
	}

	/**
	 * Return how long after the last request a run can last at most.
	 * @return the longest time of one request
	 */
	Duration patience() {
		return this.connectTimeout.plus(this.readTimeout.multipliedBy(2)).plusSeconds(10);
	}

	/**
	 * Return the time between two requests of one client.
	 * @return the interval in nanoseconds, 0 for none
	 */
	long interval() {
		return (this.rate > 0) ? this.connections * 1_000_000_000L / this.rate : 0;
	}

}
