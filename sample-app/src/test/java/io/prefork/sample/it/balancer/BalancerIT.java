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
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.prefork.sample.it.balancer.Balancer.Product;
import io.prefork.sample.it.support.CommandResult;
import io.prefork.sample.it.support.LoadClient;
import io.prefork.sample.it.support.LoadMode;
import io.prefork.sample.it.support.LoadResult;
import io.prefork.sample.it.support.LoadRun;
import io.prefork.sample.it.support.Sockets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two hosts behind a balancer that tries nothing twice: whatever is planned, no client of
 * the balancer sees it.
 */
@Tag("slow")
class BalancerIT {

	private static final String[] SERVICE = { "--prefork.workers=2", "--prefork.reload.canary=1s",
			"--prefork.graceful-timeout=10s", "--prefork.drain-delay=5s", "--prefork.keep-alive=75s",
			"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m" };

	private static final int REQUESTS = 50_000;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Their files say 60 s.
	 */
	private static final Duration LONGER_THAN_BALANCERS = Duration.ofSeconds(90);

	private static final int RATE = 700;

	private static final int CLIENTS = 8;

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "NGINX, KEEP_ALIVE", "NGINX, CONNECTION_EACH", "HAPROXY, KEEP_ALIVE", "HAPROXY, CONNECTION_EACH" })
	void whenReleasesRollAndHostsRestartThenNoRequestFails(Product product, Upstream upstream) throws IOException {
		Path second = Hosts.release(this.directory.resolve("second.jar"), "sample.version=second");
		Path third = Hosts.release(this.directory.resolve("third.jar"), "sample.version=third");
		Path bad = Hosts.release(this.directory.resolve("bad.jar"), "sample.version=bad\nsample.fail=at-start");
		try (Hosts hosts = hosts();
				Balancer balancer = start(product, hosts,
						(text) -> upstream.in(product, withoutRetries(product, text)))) {
			LoadRun load = load(balancer, product);

			verifyRollingRelease(hosts, load, second, bad);
			verifyCanary(hosts, balancer, load, third);
			balancer.weigh(0, 100);
			load.awaitMoreOk(1000);
			hosts.restart(0);
			balancer.weigh(100, 0);
			load.awaitMoreOk(1000);
			if (product == Product.HAPROXY) {
				balancer.weigh(100, 100);
				// Nobody tells it: it sees that the host is not ready, and then that it
				// is.
				hosts.restart(1);
			}
			load.awaitMoreOk(Math.max(1000, REQUESTS - load.result().total()));

			LoadResult result = load.stop();
			assertThat(result.failed()).as("%s", result).isZero();
			assertThat(result.total()).isGreaterThanOrEqualTo(REQUESTS);
			assertThat(result.body("first")).as("%s", result).isPositive();
			assertThat(result.body("bad")).as("%s", result).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAHostIsGoneThenOnlyWhatWasInFlightThereFailsAndNothingIfItStopped(Product product) throws IOException {
		try (Hosts hosts = hosts(); Balancer balancer = start(product, hosts, UnaryOperator.identity())) {
			LoadRun load = load(balancer, product).awaitMoreOk(3000);
			// An nginx asks nobody whether he is ready.
			hosts.restart(1);
			LoadResult stopped = load.awaitMoreOk(3000).result();
			assertThat(stopped.failed()).as("%s", stopped).isZero();

			hosts.kill(0);

			LoadResult result = load.awaitMoreOk(3000).stop();
			assertThat(result.failed()).as("%s", result).isLessThanOrEqualTo(CLIENTS);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenNothingReachesAHostAnyMoreThenOnlyWhatWasInFlightThereFails(Product product) throws IOException {
		try (Hosts hosts = hosts(); Balancer balancer = start(product, hosts, UnaryOperator.identity())) {
			LoadRun load = client(balancer, product).timeouts(CONNECT_TIMEOUT, LONGER_THAN_BALANCERS).start();
			load.awaitMoreOk(1000);

			hosts.unplug(0);

			LoadResult result = load.awaitMoreOk(3000).stop();
			assertThat(result.failed()).as("%s", result).isLessThanOrEqualTo(CLIENTS);
		}
	}

	private static void verifyRollingRelease(Hosts hosts, LoadRun load, Path release, Path bad) {
		load.awaitMoreOk(1000);
		CommandResult released = hosts.roll(release, "app1", "app2");
		assertThat(released.exitCode()).as(released.output()).isZero();
		// Old workers serve on for the time of the drain delay.
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> load.result().body("first") == load.awaitMoreOk(REQUESTS / 50).result().body("first"));

		CommandResult refused = hosts.roll(bad, "app1", "app2");
		assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
		assertThat(refused.output()).contains("app1: keeps the release before").doesNotContain("app2");
	}

	private static void verifyCanary(Hosts hosts, Balancer balancer, LoadRun load, Path release) throws IOException {
		balancer.weigh(100, 10);
		CommandResult released = hosts.roll(release, "app2");
		assertThat(released.exitCode()).as(released.output()).isZero();
		LoadResult before = load.result();
		LoadResult after = load.awaitMoreOk(4000).result();
		double share = (double) (after.body("third") - before.body("third")) / (after.total() - before.total());
		assertThat(share).as("%s", after).isBetween(0.01, 0.35);
	}

	private Hosts hosts() throws IOException {
		Path release = Hosts.release(this.directory.resolve("first.jar"), "sample.version=first");
		return Hosts.start(this.directory, Sockets.freePort(), release, SERVICE);
	}

	private Balancer start(Product product, Hosts hosts, UnaryOperator<String> change) throws IOException {
		Path files = Files.createDirectory(this.directory.resolve("balancer"));
		return product.start(files, hosts.addresses(), change).await("/hello");
	}

	private static LoadRun load(Balancer balancer, Product product) {
		return client(balancer, product).start();
	}

	private static LoadClient client(Balancer balancer, Product product) {
		return LoadClient.against(balancer.port())
			.path("/version")
			// An nginx with a new configuration closes the connections of its clients.
			.mode((product == Product.NGINX) ? LoadMode.CONNECTION_PER_REQUEST : LoadMode.KEEP_ALIVE)
			.connections(CLIENTS)
			.requests(Long.MAX_VALUE)
			// As fast as can be leaves no CPU for releases.
			.rate(RATE)
			.limit(Duration.ofMinutes(8));
	}

	private static String withoutRetries(Product product, String text) {
		if (product == Product.NGINX) {
			return Balancer.replace(text, "proxy_next_upstream       error timeout;", "proxy_next_upstream off;");
		}
		String once = Balancer.replace(text, "    retries 2\n    option redispatch 1\n", "    retries 0\n");
		return Balancer.replace(once, "retry-on conn-failure", "retry-on none");
	}

	/**
	 * What a balancer does with its connections to the hosts.
	 */
	enum Upstream {

		/**
		 * It keeps them, as the files say.
		 */
		KEEP_ALIVE {

			@Override
			String in(Product product, String text) {
				return text;
			}

		},

		/**
		 * It opens one for each request.
		 */
		CONNECTION_EACH {

			@Override
			String in(Product product, String text) {
				if (product == Product.NGINX) {
					String none = Balancer.replace(text, "        keepalive 64;\n        keepalive_timeout 50s;\n", "");
					return Balancer.replace(none, "''      '';", "''      close;");
				}
				return Balancer.replace(text, "    balance leastconn\n",
						"    balance leastconn\n    option http-server-close\n");
			}

		};

		abstract String in(Product product, String text);

	}

}
