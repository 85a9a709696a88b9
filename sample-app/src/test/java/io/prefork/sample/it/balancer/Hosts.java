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
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import io.prefork.sample.it.support.CommandResult;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;

/**
 * Two hosts that run the service, each a directory and an address of its own. What is
 * called ssh there goes to such a directory.
 */
final class Hosts implements AutoCloseable {

	private static final String APP = "app.jar";

	private static final Path SCRIPT = Path.of("..", "docs", "deploy", "release", "rolling-release.sh");

	private final Path directory;

	private final int port;

	private final List<String> args;

	private final HostNetwork network = HostNetwork.of(2);

	private final List<PreforkService> services = new ArrayList<>();

	private Hosts(Path directory, int port, List<String> args) {
		this.directory = directory;
		this.port = port;
		this.args = args;
	}

	/**
	 * Start two hosts, and wait until they serve.
	 * @param directory for their files
	 * @param port the port of both
	 * @param release the jar that they start with
	 * @param args arguments of the application
	 * @return the hosts
	 * @throws IOException if there is no room
	 */
	static Hosts start(Path directory, int port, Path release, String... args) throws IOException {
		Hosts hosts = new Hosts(directory, port, List.of(args));
		program(directory, "ssh", """
				#!/bin/sh
				cd "$(dirname "$0")/$1" && shift && exec sh -c "$*"
				""");
		for (int i = 0; i < 2; i++) {
			Files.createDirectory(hosts.home(i));
			Files.copy(release, hosts.home(i).resolve(APP));
			hosts.services.add(hosts.service(i));
		}
		program(directory, "prefork", """
				#!/bin/sh
				exec '%s/bin/java' -XX:TieredStopAtLevel=1 -jar '%s' "$@" --run-dir "$PWD/run"
				""".formatted(System.getProperty("java.home"), PreforkServiceBuilder.launcher().toAbsolutePath()));
		hosts.services.forEach(PreforkService::awaitReady);
		return hosts;
	}

	/**
	 * Make a release: the sample application with settings of its own.
	 * @param jar where to
	 * @param properties lines of its {@code application.properties}
	 * @return the jar
	 * @throws IOException if it can't be written
	 */
	static Path release(Path jar, String properties) throws IOException {
		Files.copy(PreforkServiceBuilder.application(), jar);
		try (FileSystem content = FileSystems.newFileSystem(jar)) {
			Files.writeString(content.getPath("BOOT-INF", "classes", "application.properties"), properties);
		}
		return jar;
	}

	/**
	 * Run {@code docs/deploy/release/rolling-release.sh}.
	 * @param release the jar
	 * @param names the hosts
	 * @return what it has printed
	 */
	CommandResult roll(Path release, String... names) {
		List<String> line = new ArrayList<>(List.of("env", "APP=" + APP,
				"PATH=%s:%s".formatted(this.directory, System.getenv("PATH")), SCRIPT.toString(), release.toString()));
		line.addAll(List.of(names));
		return CommandResult.of(line.toArray(String[]::new));
	}

	/**
	 * What balancers call the hosts.
	 * @return their addresses
	 */
	List<String> addresses() {
		return List.of(this.network.address(0) + ":" + this.port, this.network.address(1) + ":" + this.port);
	}

	/**
	 * Stop the service of a host, and start it again.
	 * @param index which host
	 */
	void restart(int index) {
		PreforkService running = this.services.get(index);
		running.terminate();
		running.awaitExit();
		this.services.set(index, service(index).awaitReady());
	}

	/**
	 * End all that runs on a host without a word, as when its power goes.
	 * @param index which host
	 */
	void kill(int index) {
		PreforkService service = this.services.get(index);
		List<Long> all = new ArrayList<>(service.descendants());
		all.add(0, service.pid());
		all.forEach((pid) -> PreforkService.signal(pid, "KILL"));
	}

	/**
	 * Pull the cable of a host; the test is skipped where hosts have none.
	 * @param index which host
	 */
	void unplug(int index) {
		this.network.unplug(index);
	}

	@Override
	public void close() {
		this.services.forEach(PreforkService::close);
		this.network.close();
	}

	private PreforkService service(int index) {
		List<String> all = new ArrayList<>(this.args);
		all.addAll(List.of("--server.address=" + this.network.address(index), "--server.port=" + this.port,
				"--prefork.run-dir=" + home(index).resolve("run")));
		return PreforkService.builder()
			.jar(home(index).resolve(APP))
			.workDir(home(index))
			.wrappedBy(this.network.wrapper(index))
			.args(all.toArray(String[]::new))
			.start();
	}

	private Path home(int index) {
		return this.directory.resolve(name(index));
	}

	private static String name(int index) {
		return "app" + (index + 1);
	}

	private static void program(Path directory, String name, String text) throws IOException {
		Path program = Files.writeString(directory.resolve(name), text);
		Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

}
