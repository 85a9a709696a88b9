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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server with a database of its own. Skips the test where PostgreSQL is not
 * installed (Debian: postgresql). It refuses to run as root, and then runs as the user
 * that its package has made.
 */
public final class PostgresServer implements AutoCloseable {

	private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final List<String> AS_USER = List.of("setpriv", "--reuid=postgres", "--regid=postgres",
			"--clear-groups");

	private final Path directory;

	private final Process process;

	private final String url;

	private PostgresServer(Path directory, Process process, String url) {
		this.directory = directory;
		this.process = process;
		this.url = url;
	}

	/**
	 * Start a server, and wait until it answers.
	 * @return the server
	 * @throws IOException if it can't be started
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public static PostgresServer start() throws IOException, InterruptedException {
		Path programs = programs();
		Path directory = Files.createTempDirectory("postgres");
		if (isRoot()) {
			run(directory, List.of("chown", "postgres:postgres", directory.toString()));
		}
		run(directory, command(programs.resolve("initdb"), "-D", directory.resolve("data").toString(), "-U", "test",
				"--auth=trust", "--no-sync"));
		int port = Sockets.freePort();
		Process process = builder(directory,
				command(programs.resolve("postgres"), "-D", directory.resolve("data").toString(), "-p",
						Integer.toString(port), "-c", "listen_addresses=127.0.0.1", "-c",
						"unix_socket_directories=" + directory, "-c", "fsync=off"))
			.start();
		PostgresServer server = new PostgresServer(directory, process,
				"jdbc:postgresql://127.0.0.1:%d/postgres?user=test".formatted(port));
		Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> {
			try (Connection connection = DriverManager.getConnection(server.url)) {
				return connection.isValid(1);
			}
		});
		return server;
	}

	/**
	 * The database.
	 * @return its URL
	 */
	public String url() {
		return this.url;
	}

	@Override
	public void close() throws IOException {
		Programs.end(this.process);
		try (Stream<Path> files = Files.walk(this.directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	private static Path programs() throws IOException {
		Optional<Path> programs = Optional.empty();
		if (Files.isDirectory(PROGRAMS)) {
			try (Stream<Path> versions = Files.list(PROGRAMS)) {
				programs = versions.map((version) -> version.resolve("bin"))
					.filter((bin) -> Files.isExecutable(bin.resolve("initdb")))
					.findFirst();
			}
		}
		Assumptions.assumeTrue(programs.isPresent(), "postgresql is not installed");
		return programs.orElseThrow();
	}

	private static List<String> command(Path program, String... arguments) {
		List<String> command = new ArrayList<>(isRoot() ? AS_USER : List.of());
		command.add(program.toString());
		command.addAll(List.of(arguments));
		return command;
	}

	private static boolean isRoot() {
		return System.getProperty("user.name").equals("root");
	}

	private static void run(Path directory, List<String> command) throws IOException, InterruptedException {
		if (builder(directory, command).start().waitFor() != 0) {
			throw new IOException("%s has failed".formatted(command));
		}
	}

	private static ProcessBuilder builder(Path directory, List<String> command) {
		return new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD);
	}

}
