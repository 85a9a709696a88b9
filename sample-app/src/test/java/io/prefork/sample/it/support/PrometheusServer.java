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
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;

/**
 * A Prometheus server that scrapes a service every second. Skips the test where
 * Prometheus is not installed (Debian: prometheus).
 */
public final class PrometheusServer implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String CONFIGURATION = """
			global:
			  scrape_interval: 1s
			  scrape_timeout: 1s
			scrape_configs:
			  - job_name: service
			    metrics_path: /actuator/prometheus
			    static_configs:
			      - targets: ['%s']
			""";

	private final Process process;

	private final String url;

	private PrometheusServer(Process process, String url) {
		this.process = process;
		this.url = url;
	}

	/**
	 * Start a server, and wait until it has scraped.
	 * @param service the service
	 * @param directory for its files
	 * @return the server
	 * @throws IOException if it can't be started
	 */
	public static PrometheusServer scraping(PreforkService service, Path directory) throws IOException {
		Path program = Programs.installed("prometheus");
		Path configuration = Files.writeString(directory.resolve("prometheus.yml"),
				CONFIGURATION.formatted(URI.create(service.url("/")).getAuthority()));
		String address = "127.0.0.1:" + Sockets.freePort();
		Process process = Programs.start(directory.resolve("prometheus.log"), program.toString(),
				"--config.file=" + configuration, "--storage.tsdb.path=" + directory.resolve("data"),
				"--web.listen-address=" + address);
		PrometheusServer server = new PrometheusServer(process, "http://" + address);
		Awaitility.await()
			.atMost(LIMIT)
			.ignoreExceptions()
			.until(() -> server.query("up{job=\"service\"}").equals(List.of("1")));
		return server;
	}

	/**
	 * Ask for the value of an expression.
	 * @param expression the expression in PromQL
	 * @return its values, one for each series; none if there is nothing, or the
	 * expression is wrong
	 */
	public List<String> query(String expression) {
		HttpReply reply = Http.http11()
			.get(this.url + "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
		return (reply.status() == 200) ? JsonPath.read(reply.body(), "$.data.result[*].value[1]") : List.of();
	}

	@Override
	public void close() {
		Programs.end(this.process);
	}

}
