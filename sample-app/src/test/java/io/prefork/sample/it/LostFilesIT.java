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

package io.prefork.sample.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.MixedLoad;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.ReleaseDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the service runs from is removed or overwritten while it runs.
 */
class LostFilesIT {

	private static final String CONFIGURATION = """
			server:
			  port: 0
			  http2.enabled: true
			prefork:
			  workers: 2
			  run-dir: %s
			  jvm.options: -XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m
			sample.version: %d
			""";

	private final Path runDirectory;

	private final ReleaseDirectory release;

	LostFilesIT(@TempDir Path directory) {
		this.runDirectory = directory.resolve("xdg/run");
		this.release = ReleaseDirectory.in(directory).release(CONFIGURATION.formatted(this.runDirectory, 1));
		this.release.replaceJar();
	}

	@Test
	void whenRunDirectoryIsRemovedThenWorkersReloadsAndUpgradesDoNotMissIt() throws IOException {
		try (PreforkService service = PreforkService.builder().release(this.release).start().awaitReady()) {
			long killed = service.readyWorker(1);
			int from = service.lines().size();

			removeRunDirectory();
			this.release.truncateJar(100);
			PreforkService.signal(killed, "KILL");

			service.awaitLine(from, "somebody has removed the run directory, made again: "
					+ "copy of the application, scoreboard, control socket");
			service.awaitWorkerReady(1, killed);
			MixedLoad load = MixedLoad.clearText(service, "/version");

			removeRunDirectory();
			this.release.replaceJar();
			this.release.release(CONFIGURATION.formatted(this.runDirectory, 2));
			service.reload("succeeded");

			removeRunDirectory();
			from = service.signal("USR2");
			service.awaitLine(from, "upgrade succeeded: the new master pid=\\d+ serves");
			assertThat(service.awaitExit()).isZero();
			load.awaitMoreOk(50).stopAndVerifyNoneFailed("a reload and an upgrade");
		}
	}

	@Test
	void whenJarIsOverwrittenInPlaceThenTheMasterNeedsNothingFromIt(@TempDir Path logs) {
		Path log = logs.resolve("app.log");
		try (PreforkService service = PreforkService.builder()
			.release(this.release)
			.args("--logging.file.name=" + log)
			.start()
			.awaitReady()) {
			service.awaitNoThread("prefork-classes");
			this.release.overwriteJar("another");
			this.release.truncateJar(10_000);

			int from = service.signal("USR1");
			service.awaitLine(from, "told all workers to reopen their log files");
			from = service.signal("TTIN");
			service.awaitLine(from, "worker=2 .* ready in ");
			from = service.signal("TTOU");
			service.awaitLine(from, "worker=2 .* exited with code");
			from = service.signal("HUP");
			service.awaitLine(from, "reload gen=2 rolled back: the application can't be copied: .* is not a whole jar");
			from = service.signal("USR2");
			service.awaitLine(from, "upgrade failed, this master goes on: the new master pid=\\d+ exited with code 1");
			from = service.signal("USR2");
			service.awaitLine(from, "upgrade failed, this master goes on: the new master pid=\\d+ exited with code 1");
			this.release.replaceJar();
			service.reload("succeeded");
			from = service.signal("WINCH");
			service.awaitLine(from, "all workers drain; the port stays open");

			assertThat(service.output()).doesNotContain("please report");
			service.terminate();
			assertThat(service.awaitExit()).isZero();
		}
	}

	@Test
	void whenWorkingDirectoryIsRemovedThenWorkersAreStartedElsewhere(@TempDir Path directory) throws IOException {
		Path working = Files.createDirectory(directory.resolve("release"));
		try (PreforkService service = PreforkService.builder()
			.workDir(working)
			.args("--prefork.workers=1", "--server.port=0", "--prefork.run-dir=" + this.runDirectory)
			.start()
			.awaitReady()) {
			long killed = service.readyWorker(0);
			Files.delete(working);

			int from = service.lines().size();
			PreforkService.signal(killed, "KILL");

			service.awaitLine(from, "the working directory .*/release is gone: from now on processes are started in /");
			service.awaitWorkerReady(0, killed);
			service.reload("succeeded");
		}
	}

	private void removeRunDirectory() throws IOException {
		try (Stream<Path> files = Files.walk(this.runDirectory.getParent())) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

}
