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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Keep-alive connections that stay open, and which worker has each of them; confined to
 * one thread.
 */
public final class HeldConnections implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 30_000;

	private final Map<HttpConnection, Long> workers = new LinkedHashMap<>();

	private final int port;

	private final byte[] request;

	/**
	 * Hold connections to a service.
	 * @param port the port of the service
	 */
	public HeldConnections(int port) {
		this.port = port;
		this.request = "GET /pid HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n".formatted(port)
			.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Open connections as fast as possible, and only then ask who has them.
	 * @param count the number of connections
	 * @return how many of them each worker has, by its process id
	 */
	public Map<Long, Integer> openAtOnce(int count) {
		List<HttpConnection> opened = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			opened.add(open());
		}
		opened.forEach(this::ask);
		return share(opened);
	}

	/**
	 * Open one connection after the other, each when the one before has been answered.
	 * @param count the number of connections
	 * @param pause how long to wait before each
	 * @return how many of them each worker has, by its process id
	 */
	public Map<Long, Integer> openSlowly(int count, Duration pause) {
		List<HttpConnection> opened = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			LockSupport.parkNanos(pause.toNanos());
			HttpConnection connection = open();
			ask(connection);
			opened.add(connection);
		}
		return share(opened);
	}

	/**
	 * Tell how many of all connections each worker has.
	 * @return the numbers by the workers' process ids
	 */
	public Map<Long, Integer> share() {
		return share(this.workers.keySet());
	}

	/**
	 * Close the oldest connections of a worker.
	 * @param pid the worker's process id
	 * @param count the number of connections
	 */
	public void closeOldest(long pid, int count) {
		List<HttpConnection> oldest = this.workers.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() == pid)
			.map(Map.Entry::getKey)
			.limit(count)
			.toList();
		oldest.forEach(HttpConnection::close);
		this.workers.keySet().removeAll(oldest);
	}

	@Override
	public void close() {
		this.workers.keySet().forEach(HttpConnection::close);
		this.workers.clear();
	}

	private HttpConnection open() {
		HttpConnection connection = new HttpConnection(this.port, this.request, TIMEOUT_MILLIS, TIMEOUT_MILLIS);
		this.workers.put(connection, 0L);
		try {
			connection.connect();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return connection;
	}

	private void ask(HttpConnection connection) {
		try {
			connection.exchange();
			this.workers.put(connection, Long.valueOf(connection.body()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<Long, Integer> share(Collection<HttpConnection> connections) {
		Map<Long, Integer> share = new LinkedHashMap<>();
		connections.forEach((connection) -> share.merge(this.workers.getOrDefault(connection, 0L), 1, Integer::sum));
		return share;
	}

}
