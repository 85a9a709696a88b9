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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.CommandResult;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;
import io.prefork.sample.it.support.Programs;
import io.prefork.sample.it.support.ReleaseDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service is seen and steered from the command line.
 */
@Tag("slow")
class CommandLineIT {

	private static final String GOOD = """
			server.port: 0
			prefork:
			  workers: 2
			  graceful-timeout: 8s
			  reload.canary: 1s
			  run-dir: %s
			""";

	@TempDir
	private Path directory;

	@Test
	void whenServiceIsOperatedThenItDoesWhatIsSaidAndTells() {
		try (PreforkService service = start()) {
			CommandResult status = prefork("status");
			assertThat(status.exitCode()).as(status.output()).isZero();
			assertThat(status.output()).startsWith("master pid=%d running".formatted(service.pid()))
				.contains("2 of 2 workers ready, generation 1")
				.containsPattern("\\n0\\*? +ready +%d".formatted(service.readyWorker(0)));
			assertThat(prefork("status", "--json").output()).contains("\"pid\": " + service.pid(),
					"\"phase\": \"running\"", "\"history\": [");

			assertThat(prefork("top")).isEqualTo(new CommandResult(1, "top needs a terminal; use status elsewhere\n"));

			assertThat(prefork("scale", "3")).isEqualTo(new CommandResult(0, "scaling to 3\n"));
			service.awaitReadySlots(3);
			long before = service.readyWorker(1);
			assertThat(prefork("recycle", "1", "--json")).isEqualTo(new CommandResult(0, "{\n  \"slot\": 1\n}\n"));
			service.awaitWorkerReady(1, before);
			assertThat(prefork("recycle", "7"))
				.isEqualTo(new CommandResult(1, "there is no slot 7; the service has 3 workers\n"));

			CommandResult stop = prefork("stop");
			assertThat(stop.exitCode()).isZero();
			assertThat(stop.output()).endsWith("stopped\n");
			assertThat(service.awaitExit()).isZero();
			assertThat(prefork("status").exitCode()).isEqualTo(1);
		}
	}

	@Test
	void whenReloadIsWaitedForThenItsVerdictIsTheExitCode() {
		try (PreforkService service = start()) {
			CommandResult good = prefork("reload", "--wait");
			assertThat(good.exitCode()).as(good.output()).isZero();
			assertThat(good.output()).contains("reload to generation 2: succeeded in ");

			ReleaseDirectory.in(this.directory).release(configuration() + "sample.fail: at-start\n");
			CommandResult bad = prefork("reload", "--wait");
			assertThat(bad.exitCode()).as(bad.output()).isEqualTo(2);
			assertThat(bad.output()).contains("reload to generation 3: rolled back after ");
			assertThat(service.readyWorkers()).hasSize(2);
		}
	}

	@Test
	void whenSomethingIsSaidTwiceThenTheCommandLineComesFirst() {
		ReleaseDirectory release = ReleaseDirectory.in(this.directory).release(configuration());
		release.replaceJar();
		try (PreforkService service = PreforkService.builder()
			.release(release)
			.env("PREFORK_WORKERS", "3")
			.env("PREFORK_RELOAD_CANARY", "0s")
			.viaLauncher("-w", "1", "-t", "20s")
			.start()
			.awaitReady()) {
			assertThat(service.lines()).anyMatch((line) -> line.contains("starts 1 worker"));
			assertThat(prefork("status").output()).contains("1 of 1 worker ready");
		}
	}

	@Test
	void whenApplicationOrMachineIsCheckedThenItIsNotRun() {
		String application = PreforkServiceBuilder.application().toString();

		CommandResult good = CommandResult.ofPrefork("run", application, "--check", "--workers=1");
		CommandResult cut = CommandResult.ofPrefork("check", application, "--", "--prefork.backlog=999999999");
		CommandResult huge = CommandResult.ofPrefork("run", application, "--check", "--jvm.heap=1000000MB");
		CommandResult wrong = CommandResult.ofPrefork("run", application, "--check", "--backlog=x");

		assertThat(good.output()).doesNotContain("master pid=");
		assertThat(cut.exitCode()).isEqualTo(2);
		assertThat(cut.output()).contains("warning: accept queue: the system cuts the accept queue of 999999999");
		assertThat(huge.output()).contains("warning: memory: ", " processes of 1000220 MiB ");
		assertThat(wrong.exitCode()).isEqualTo(1);
		assertThat(wrong.output()).contains("Value: \"x\"");
	}

	@Test
	void whenArchiveIsUnpackedThenItsScriptRuns() throws IOException {
		Path archive;
		try (DirectoryStream<Path> archives = Files.newDirectoryStream(CommandResult.launcher().getParent(),
				"prefork-*.tar.gz")) {
			archive = archives.iterator().next();
		}
		assertThat(CommandResult.of("tar", "xzf", archive.toString(), "-C", this.directory.toString()).exitCode())
			.isZero();
		Path link = this.directory.resolve("prefork");
		Files.createSymbolicLink(link,
				this.directory.resolve(archive.getFileName().toString().replace(".tar.gz", "")).resolve("bin/prefork"));

		CommandResult size = CommandResult.of(link.toString(), "size", "--rps", "3000", "--service-time", "50ms",
				"--concurrency", "400", "--json");

		assertThat(size.exitCode()).as(size.output()).isZero();
		assertThat(size.output()).contains("\"workers\": 2", "\"limit\": \"concurrency\"");
	}

	@Test
	void whenDebianPackageIsUnpackedThenItsCommandRuns() {
		Path debian = CommandResult.launcher().resolveSibling("prefork.deb");
		assertThat(CommandResult.of(Programs.installed("dpkg-deb").toString(), "-x", debian.toString(),
				this.directory.toString()))
			.isEqualTo(new CommandResult(0, ""));

		CommandResult version = CommandResult.of(this.directory.resolve("usr/bin/prefork").toString(), "--version");

		assertThat(version.exitCode()).as(version.output()).isZero();
		assertThat(version.output()).startsWith("prefork ");
		assertThat(this.directory.resolve("usr/share/man/man1/prefork.1")).isNotEmptyFile();
	}

	@Test
	void whenBashCompletesThenItKnowsTheCommands() {
		String script = "source <('%s' -jar '%s' generate-completion); COMP_WORDS=(prefork re); COMP_CWORD=1; "
			.formatted(Path.of(System.getProperty("java.home"), "bin", "java"), CommandResult.launcher())
				+ "_complete_prefork; echo ${COMPREPLY[@]}";

		CommandResult completion = CommandResult.of(Programs.installed("bash").toString(), "-c", script);

		assertThat(completion).isEqualTo(new CommandResult(0, "reload recycle\n"));
	}

	private PreforkService start() {
		return PreforkService.builder()
			.release(ReleaseDirectory.in(this.directory).release(configuration()))
			.start()
			.awaitReady();
	}

	private String configuration() {
		return GOOD.formatted(this.directory.resolve("run"));
	}

	private CommandResult prefork(String command, String... args) {
		List<String> words = new ArrayList<>(List.of(command, "--run-dir", this.directory.resolve("run").toString()));
		words.addAll(List.of(args));
		return CommandResult.ofPrefork(words.toArray(String[]::new));
	}

}
