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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.util.FileSystemUtils;

import io.prefork.sample.it.support.ControlGroup;
import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.ImageBuild;
import io.prefork.sample.it.support.PidNamespace;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The image of {@code docs/deploy/docker}, as far as that goes without a container
 * engine: its steps are done one by one, and its entry point runs as process 1 of a
 * namespace of its own, on a root file system that can't be written, as its user, with no
 * directory but what Kubernetes mounts.
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class ContainerIT {

	private static final Path DOCKERFILE = Path.of("..", "docs", "deploy", "docker", "Dockerfile");

	/**
	 * Everybody may write an emptyDir.
	 */
	private static final String CONTAINER = """
			mount --make-rprivate / && mount -t tmpfs -o mode=0777 tmpfs "$RUN" && mount -o remount,bind,ro / || exit 99
			test -z "$TMP_IS_THERE" || mount -t tmpfs tmpfs /tmp || exit 99
			exec setpriv --reuid="$ID" --regid=0 --clear-groups --no-new-privs -- "$@"
			""";

	private static final List<String> UNSHARE = List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc",
			"--mount");

	private static final String IMAGE_USER = "10001";

	private static final long MEBIBYTE = 1024 * 1024;

	private static final long GIBIBYTE = 1024 * MEBIBYTE;

	private final Path directory = Path.of("target", "container").toAbsolutePath();

	private ImageBuild image;

	private Path run;

	@BeforeAll
	void build() throws IOException {
		Assumptions.assumeTrue("root".equals(System.getProperty("user.name")) && PidNamespace.isPermitted(UNSHARE),
				"only root may make namespaces and files of another user");
		FileSystemUtils.deleteRecursively(this.directory);
		Files.createDirectory(this.directory);
		this.run = Files.createDirectory(this.directory.resolve("run"));
		Path context = Files.createDirectory(this.directory.resolve("context"));
		Files.copy(PreforkServiceBuilder.application(), context.resolve("app.jar"));
		Files.copy(PreforkServiceBuilder.launcher(), context.resolve("prefork-launcher.jar"));
		this.image = ImageBuild.of(DOCKERFILE, context, this.directory);
	}

	@AfterAll
	void remove() throws IOException {
		FileSystemUtils.deleteRecursively(this.directory);
	}

	@Test
	void whenItsUserRunsItThenWorkersUseTheArchiveOfTheImage() {
		try (PreforkService service = start(IMAGE_USER, true, "--prefork.run-dir=" + this.run.resolve("app"))) {
			service.awaitReady();
			PidNamespace inside = new PidNamespace(service);
			long master = inside.outside(1);

			assertThat(service.mapped(inside.outside(service.readyWorker(0)))).containsPattern("archive/.*\\.jsa");
			int from = service.lines().size();
			PreforkService.signal(master, "HUP");
			assertThat(service.awaitLine(from, "reload gen=2 (succeeded|rolled back)")).contains("succeeded");
			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
			PreforkService.signal(master, "TERM");

			assertThat(service.awaitExit()).isZero();
			service.awaitNoProcessLeft();
		}
	}

	@Test
	void whenAnotherUserRunsItThenItServesWithoutTheArchive() {
		try (PreforkService service = start("4711", true, "--prefork.run-dir=" + this.run.resolve("app"))) {
			service.awaitReady();

			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
			assertThat(service.output()).contains("archive");
		}
	}

	@Test
	void whenThereIsNoDirectoryForTemporaryFilesThenItServesAsOneProcess() {
		try (PreforkService service = start(IMAGE_USER, false, "--prefork.run-dir=" + this.run.resolve("app"))) {
			service.awaitLine("running as one process");

			assertThat(service.output()).contains("java.io.tmpdir");
		}
	}

	@Test
	void whenOnlyTmpCanBeWrittenThenItIsUsed() {
		try (PreforkService service = start("4711", true)) {
			service.awaitReady();

			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
		}
	}

	@Test
	void whenTheContainerHasLimitsThenItsWorkersShareThem() throws IOException {
		try (ControlGroup group = ControlGroup.of(1, GIBIBYTE);
				PreforkService one = limited(group, "auto");
				PreforkService two = limited(group, "2")) {
			assertThat(heaps(one.awaitReady())).hasSize(1);
			assertThat(heaps(two.awaitReady())).hasSize(2);

			assertThat(heaps(one).get(0)).isBetween(MEBIBYTE * 100, GIBIBYTE);
			assertThat(heaps(two).stream().mapToLong(Long::longValue).sum()).isBetween(MEBIBYTE * 100, GIBIBYTE);
			one.terminate();
			two.terminate();
			assertThat(one.awaitExit()).isZero();
			assertThat(two.awaitExit()).isZero();
		}
	}

	private static PreforkService limited(ControlGroup group, String workers) {
		return PreforkService.builder()
			.wrappedBy(group.wrapper())
			.args("--prefork.workers=" + workers, "--prefork.graceful-timeout=2s")
			.start();
	}

	private static List<Long> heaps(PreforkService service) {
		return service.descendants()
			.stream()
			.map(service::commandLine)
			.map((line) -> line.stream().filter((option) -> option.startsWith("-Xmx")).toList())
			.filter((options) -> !options.isEmpty())
			.map((options) -> MEBIBYTE * Long.parseLong(options.get(options.size() - 1).replaceAll("-Xmx|m", "")))
			.toList();
	}

	private PreforkService start(String user, boolean tmp, String... args) {
		List<String> all = new ArrayList<>(List.of(args));
		all.add("--prefork.graceful-timeout=5s");
		all.add("--prefork.reload.canary=0");
		assertThat(this.image.user()).isEqualTo(IMAGE_USER + ":0");
		assertThat(this.image.entryPoint()).containsExactly("java", "-jar", "app.jar");
		PreforkServiceBuilder service = PreforkService.builder()
			.command(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", "app.jar"))
			.workDir(this.image.workDir())
			.wrappedBy(Stream.concat(UNSHARE.stream(), Stream.of("sh", "-c", CONTAINER, "container")).toList())
			.env("RUN", this.run.toString())
			.env("ID", user)
			.env("TMP_IS_THERE", tmp ? "yes" : "")
			.env("PREFORK_PRELOAD_ENABLED", "auto")
			.args(all.toArray(String[]::new));
		this.image.environment().forEach(service::env);
		return service.start();
	}

}
