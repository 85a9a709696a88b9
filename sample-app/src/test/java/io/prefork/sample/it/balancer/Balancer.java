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

package io.prefork.sample.it.balancer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.Programs;

/**
 * A balancer as it is used in front of services, with its file of {@code docs/deploy}:
 * only addresses and paths are of the test, and what a test changes on purpose.
 */
abstract class Balancer implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final Ports ports;

	private final Process process;

	private final Path log;

	Balancer(Ports ports, Process process, Path log) {
		this.ports = ports;
		this.process = process;
		this.log = log;
	}

	/**
	 * Say how much each server gets, from the next connection or request on.
	 * @param weights one for each server, from 0 for nothing to 100
	 * @throws IOException if the balancer does not take it
	 */
	abstract void weigh(int... weights) throws IOException;

	/**
	 * Wait until a request is answered.
	 * @param path the path of the request
	 * @return this
	 * @throws IOException if its log can't be read
	 */
	Balancer await(String path) throws IOException {
		try {
			Awaitility.await()
				.atMost(LIMIT)
				.ignoreExceptions()
				.failFast(() -> !this.process.isAlive())
				.until(() -> Http.http11().get("http://127.0.0.1:%d%s".formatted(port(), path)).status() == 200);
			return this;
		}
		catch (ConditionTimeoutException | TerminalFailureException ex) {
			close();
			throw new AssertionError("The balancer does not serve: " + Files.readString(this.log), ex);
		}
	}

	int port() {
		return this.ports.plain();
	}

	int tlsPort() {
		return this.ports.tls();
	}

	long pid() {
		return this.process.pid();
	}

	@Override
	public void close() {
		Programs.end(this.process);
	}

	/**
	 * Replace what has to be there.
	 * @param text a text
	 * @param old a part of it
	 * @param next what to put in its place
	 * @return the changed text
	 */
	static String replace(String text, String old, String next) {
		if (!text.contains(old)) {
			throw new IllegalStateException("The configuration no longer has '%s'".formatted(old));
		}
		return text.replace(old, next);
	}

	/**
	 * The balancers that are tested.
	 */
	enum Product {

		/**
		 * Debian: nginx.
		 */
		NGINX {

			@Override
			Balancer start(Path directory, List<String> servers, UnaryOperator<String> change) throws IOException {
				return Nginx.start(directory, servers, change);
			}

		},

		/**
		 * Debian: haproxy.
		 */
		HAPROXY {

			@Override
			Balancer start(Path directory, List<String> servers, UnaryOperator<String> change) throws IOException {
				return Haproxy.start(directory, servers, change);
			}

		};

		/**
		 * Start a balancer; skips the test if it is not installed.
		 * @param directory for its files
		 * @param servers what it sends requests to, as the balancer writes it
		 * @param change what the test changes in its configuration
		 * @return the balancer, which may not serve yet
		 * @throws IOException if it can't be started
		 */
		abstract Balancer start(Path directory, List<String> servers, UnaryOperator<String> change) throws IOException;

	}

	/**
	 * Where a balancer listens.
	 *
	 * @param plain the port without TLS
	 * @param tls the port with TLS
	 */
	record Ports(int plain, int tls) {

	}

}
