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
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.Programs;
import io.prefork.sample.it.support.Sockets;
import io.prefork.sample.it.support.TestKeyStore;

/**
 * An nginx with {@code docs/deploy/nginx}.
 */
final class Nginx extends Balancer {

	private static final Path FILES = Path.of("..", "docs", "deploy", "nginx");

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String HOSTS = "app-hosts.conf";

	private final Path directory;

	private final List<String> servers;

	private Nginx(Ports ports, Process process, Path log, Path directory, List<String> servers) {
		super(ports, process, log);
		this.directory = directory;
		this.servers = servers;
	}

	static Nginx start(Path directory, List<String> servers, UnaryOperator<String> change) throws IOException {
		Path program = Programs.installed("nginx");
		Ports ports = new Ports(Sockets.freePort(), Sockets.freePort());
		TestKeyStore.pem(directory.resolve("app.crt"), directory.resolve("app.key"));
		String text = Files.readString(FILES.resolve("nginx.conf"));
		text = replace(text, "listen 80;", "listen 127.0.0.1:%d;".formatted(ports.plain()));
		text = replace(text, "listen 443 ", "listen 127.0.0.1:%d ".formatted(ports.tls()));
		for (String home : List.of("/etc/nginx/tls/", "/etc/nginx/", "/var/log/nginx/", "/run/")) {
			text = replace(text, home, directory + "/");
		}
		Path configuration = Files.writeString(directory.resolve("nginx.conf"), change.apply(text));
		write(directory, servers, Collections.nCopies(servers.size(), 100));
		Path log = directory.resolve("nginx.log");
		Process process = Programs.start(log, program.toString(), "-p", directory.toString(), "-c",
				configuration.toString(), "-e", directory.resolve("error.log").toString(), "-g",
				// Directories of tests are open to their owner only.
				"daemon off; user %s;".formatted(System.getProperty("user.name")));
		return new Nginx(ports, process, log, directory, servers);
	}

	@Override
	void weigh(int... weights) throws IOException {
		write(this.directory, this.servers, Arrays.stream(weights).boxed().toList());
		Set<Long> before = workers();
		PreforkService.signal(pid(), "HUP");
		// Until then some accept with the configuration that they have.
		Awaitility.await().atMost(LIMIT).until(() -> Collections.disjoint(before, workers()));
	}

	private Set<Long> workers() {
		return ProcessHandle.of(pid()).orElseThrow().children().map(ProcessHandle::pid).collect(Collectors.toSet());
	}

	private static void write(Path directory, List<String> servers, List<Integer> weights) throws IOException {
		String line = Files.readAllLines(FILES.resolve(HOSTS))
			.stream()
			.filter((text) -> text.startsWith("server app1"))
			.findFirst()
			.orElseThrow();
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < servers.size(); i++) {
			String how = (weights.get(i) > 0) ? " weight=%d;".formatted(weights.get(i)) : " down;";
			text.append(replace(replace(line, "app1.example.com:8080", servers.get(i)), ";", how)).append('\n');
		}
		Path fresh = Files.writeString(directory.resolve(HOSTS + ".new"), text);
		Files.move(fresh, directory.resolve(HOSTS), StandardCopyOption.ATOMIC_MOVE);
	}

}
