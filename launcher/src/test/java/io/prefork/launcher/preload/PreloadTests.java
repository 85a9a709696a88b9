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

package io.prefork.launcher.preload;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.contract.Training;
import io.prefork.launcher.config.FakeJdk;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.PreloadSettings;
import io.prefork.launcher.log.LoggedLines;
import io.prefork.launcher.log.MasterLog;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Preload} with a JVM that only writes what it should.
 */
@Timeout(60)
class PreloadTests {

	private static final int GENERATION = 3;

	/**
	 * Extracts by making a jar, is trained by writing a file, and says how often.
	 */
	private static final String JAVA = """
			#!/bin/sh
			echo "$*" >> %1$s/runs
			for word; do
			  case "$word" in
			    -XX:ArchiveClassesAtExit=*|-XX:AOTCacheOutput=*) echo archive > "${word#*=}";;
			    --destination) next=destination; continue;;
			  esac
			  test -z "$next" || { mkdir -p "$word"; echo jar > "$word/app.jar"; }
			  next=
			done
			test ! -e %1$s/fails || { echo no room left; exit 1; }
			""";

	@TempDir
	private Path directory;

	@AutoClose
	private final LoggedLines log = new LoggedLines();

	@AutoClose
	private final Preload preload = new Preload(Map.of(), new MasterLog());

	private JavaCommand worker = new JavaCommand(Path.of(""), List.of(), List.of(), List.of(), true);

	@BeforeEach
	void install() throws IOException {
		this.worker = new JavaCommand(java("17.0.15"), List.of("-Xmx64m"), List.of("-jar", jar("1").toString()),
				List.of("--a=b"), true);
	}

	@Test
	void whenNothingIsPreparedThenWorkersStartAsTheyAre() {
		look(this.preload, this.worker);

		assertThat(this.preload.apply(GENERATION, this.worker)).isEqualTo(this.worker);
		assertThat(runs()).isEmpty();
	}

	@Test
	void whenPreparedThenNextWorkersUseTheArchive() {
		JavaCommand next = prepare(this.preload, this.worker);

		assertThat(next.launch()).element(1).asString().startsWith(cache().toString()).endsWith("/application/app.jar");
		assertThat(next.options()).contains("-XX:ArchiveRelocationMode=0").endsWith("-Xmx64m");
		assertThat(Preload.archiveIn(next)).exists();
		assertThat(next.arguments()).containsExactly("--a=b");
		assertThat(runs()).hasSize(2);
		assertThat(runs().get(1)).contains("-Xmx64m", "-Dspring.context.exit=onRefresh",
				"-Dspring.sql.init.mode=never");
	}

	@ParameterizedTest
	@CsvSource({ "17.0.16, -XX:SharedArchiveFile=", "24, -XX:SharedArchiveFile=", "25.0.3, -XX:AOTCache=" })
	void whenJvmHasAotCacheThenThatIsUsed(String version, String option) throws IOException {
		JavaCommand command = new JavaCommand(java(version), List.of(), this.worker.launch(), List.of(), true);

		assertThat(prepare(this.preload, command).options()).anyMatch((used) -> used.startsWith(option));
	}

	@Test
	void whenNextMasterStartsThenItUsesWhatIsThere() {
		JavaCommand next = prepare(this.preload, this.worker);
		try (Preload other = new Preload(Map.of(), new MasterLog())) {
			look(other, this.worker);

			assertThat(other.apply(GENERATION, this.worker)).isEqualTo(next);
			assertThat(runs()).hasSize(2);
		}
	}

	@Test
	void whenFirstWorkerWaitsThenArchiveIsThereWhenItStarts() {
		this.preload.look(GENERATION, this.worker, new PreloadSettings(true, false, Training.REFRESH, true, cache()),
				null);

		assertThat(Preload.archiveIn(this.preload.apply(GENERATION, this.worker))).exists();
	}

	@Test
	void whenWhatArchiveDependsOnChangesThenAnotherOneIsMade() throws IOException {
		Path first = Preload.archiveIn(prepare(this.preload, this.worker));

		assertThat(Stream.of(this.worker.withOptions(List.of("-Xmx64m", "-XX:+UseParallelGC")),
				new JavaCommand(java("17.0.16"), this.worker.options(), this.worker.launch(), List.of(), true),
				this.worker.withLaunch(List.of("-jar", jar("2").toString()))))
			.allSatisfy((other) -> {
				Path archive = Preload.archiveIn(prepare(this.preload, other));
				assertThat(archive).exists().isNotEqualTo(first);
			});
		assertThat(Preload.archiveIn(
				prepare(this.preload, this.worker.withOptions(List.of("-Xmx65m", "-XX:ActiveProcessorCount=3")))))
			.isEqualTo(first);
	}

	@Test
	void whenArchiveIsDamagedThenItIsNotUsedAndMadeAnew() throws IOException {
		Path archive = archiveOf(prepare(this.preload, this.worker));
		Files.writeString(archive, "garbage");

		JavaCommand running = this.preload.apply(GENERATION, this.worker);
		try (Preload other = new Preload(Map.of(), new MasterLog())) {
			look(other, this.worker);

			assertThat(Preload.archiveIn(running)).isNull();
			assertThat(Preload.archiveIn(other.apply(GENERATION, this.worker))).isNull();
			assertThat(archive).doesNotExist();
			assertThat(Preload.archiveIn(prepare(other, this.worker))).isEqualTo(archive).hasContent("archive");
		}
		assertThat(this.log.lines()).anyMatch((line) -> line.contains(archive + " is gone or has changed"));
	}

	@Test
	void whenApplicationIsGoneThenWorkersStartAsTheyAre() throws IOException {
		Path application = Path.of(prepare(this.preload, this.worker).launch().get(1)).resolveSibling(".");
		Files.delete(application.resolve("app.jar"));
		Files.delete(application.normalize());

		assertThat(this.preload.apply(GENERATION, this.worker)).isEqualTo(this.worker);
		assertThat(this.log.lines())
			.anyMatch((line) -> line.contains("the application is not any more what was put into"));
	}

	@Test
	void whenApplicationIsNotAsItWasWrittenThenWorkersStartAsTheyAreAndItIsExtractedAnew() throws IOException {
		Path jar = Path.of(prepare(this.preload, this.worker).launch().get(1));
		Files.writeString(jar, "something else");

		assertThat(this.preload.apply(GENERATION, this.worker)).isEqualTo(this.worker);
		assertThat(prepare(this.preload, this.worker).launch()).containsExactly("-jar", jar.toString());
		assertThat(jar).hasContent("jar");
	}

	@Test
	void whenJvmRefusesArchiveThenItIsMadeAgainOnce() {
		Path archive = archiveOf(prepare(this.preload, this.worker));

		this.preload.refused(GENERATION);
		assertThat(Preload.archiveIn(this.preload.apply(GENERATION, this.worker))).isNull();
		begin();
		assertThat(archive).exists();
		this.preload.refused(GENERATION);
		begin();

		assertThat(archive).doesNotExist();
		assertThat(runs()).hasSize(3);
	}

	@Test
	void whenArchiveCannotBeMadeThenWorkersStartWithoutAndItIsNotTriedAgain() throws IOException {
		Files.createFile(this.directory.resolve("fails"));

		look(this.preload, this.worker);
		begin();
		begin();

		assertThat(this.preload.apply(GENERATION, this.worker)).isEqualTo(this.worker);
		try (Stream<Path> files = Files.walk(cache())) {
			assertThat(files).noneMatch((file) -> file.toString().contains(".tmp"));
		}
		assertThat(runs()).hasSize(1);
		assertThat(this.log.lines()).filteredOn((line) -> line.startsWith("WARNING preload: "))
			.singleElement()
			.asString()
			.contains("no room left");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-javaagent:a.jar", "-agentlib:x", "-Xshare:off", "-XX:SharedArchiveFile=own.jsa" })
	void whenOptionDoesNotGoWithArchiveThenThereIsNone(String option) {
		JavaCommand next = prepare(this.preload, this.worker.withOptions(List.of(option)));

		assertThat(next.options()).containsExactly(option);
		assertThat(this.log.lines()).anyMatch((line) -> line.contains(option + " does not go with one"));
		assertThat(next.launch()).element(1).asString().startsWith(cache().toString());
	}

	@Test
	void whenThereIsNoTrainingThenOnlyTheApplicationIsPrepared() {
		this.preload.look(GENERATION, this.worker, new PreloadSettings(true, false, Training.OFF, false, cache()),
				null);
		begin();

		assertThat(this.preload.apply(GENERATION, this.worker).options()).containsExactly("-Xmx64m");
		assertThat(runs()).hasSize(1);
	}

	@Test
	void whenApplicationIsInPlainJarsThenTheyAreCopiedToWhereTheyStay() throws IOException {
		JavaCommand command = this.worker.withLaunch(plainJars("1"));

		JavaCommand next = prepare(this.preload, command);
		JavaCommand other = prepare(this.preload, this.worker.withLaunch(plainJars("2")));

		assertThat(Preload.archiveIn(next)).exists();
		assertThat(next.launch()).startsWith("-cp").endsWith("com.example.Main");
		List<Path> jars = Stream.of(next.launch().get(1).split(File.pathSeparator)).map(Path::of).toList();
		assertThat(jars).hasSize(2).allSatisfy((jar) -> assertThat(jar).startsWith(cache()).isRegularFile());
		assertThat(jars.get(0).resolveSibling("library.jar")).hasContent("1");
		assertThat(Preload.archiveIn(other)).exists().isNotEqualTo(Preload.archiveIn(next));
		assertThat(runs()).hasSize(2);
	}

	@Test
	void whenApplicationHasAnotherLayoutThenTheReasonIsSaid() throws IOException {
		Path war = this.directory.resolve("app.war");
		new JarOutputStream(Files.newOutputStream(war), manifest("org.springframework.boot.loader.launch.WarLauncher"))
			.close();

		look(this.preload, this.worker.withLaunch(List.of("-jar", war.toString())));
		look(this.preload, this.worker.withLaunch(List.of("-cp", this.directory.toString(), "com.example.Main")));

		assertThat(this.log.lines()).anyMatch((line) -> line.contains("launch.WarLauncher"))
			.anyMatch((line) -> line.contains(this.directory + " is a directory"));
	}

	@Test
	void whenOthersMayWriteIntoTheCacheThenItIsNotUsed() throws IOException {
		Files.createDirectories(cache());
		Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString("rwxrwxrwx"));

		look(this.preload, this.worker);

		assertThat(this.log.lines()).anyMatch((line) -> line.contains("may be written by others"));
		assertThat(this.preload.apply(GENERATION, this.worker)).isEqualTo(this.worker);
	}

	@Test
	void whenAttemptWasNeverFinishedThenItsFilesAreRemovedInTheEnd() throws IOException {
		Path archive = archiveOf(prepare(this.preload, this.worker));
		Path old = Files.createFile(archive.resolveSibling("archive.1.tmp"));
		Path underWay = Files.createFile(archive.resolveSibling("archive.2.tmp"));
		Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(1))));

		prepare(this.preload, this.worker.withOptions(List.of("-Xmx64m", "-XX:+UseParallelGC")));

		assertThat(old).doesNotExist();
		assertThat(underWay).exists();
	}

	@Test
	void whenOthersMayWriteIntoTheCacheLaterThenItIsNotUsedAnyMore() throws IOException {
		prepare(this.preload, this.worker);
		Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString("rwxrwxrwx"));

		assertThat(this.preload.apply(GENERATION, this.worker)).isEqualTo(this.worker);
	}

	@Test
	void whenManyReleasesAreInUseThenNoneOfTheirLocksIsGivenUp() throws IOException {
		for (int release = 0; release < 7; release++) {
			prepare(this.preload, this.worker.withLaunch(List.of("-jar", jar("release " + release).toString())));
		}

		// See proc(5): the last part of the file's identity is its inode.
		String locks = Files.readString(Path.of("/proc/locks"));
		try (Stream<Path> entries = Files.list(cache())) {
			assertThat(entries).hasSize(7)
				.allSatisfy((entry) -> assertThat(locks)
					.contains(":" + Files.getAttribute(entry.resolve("lock"), "unix:ino") + " "));
		}
	}

	@Test
	void whenManyReleasesHaveComeThenTheOldOnesAreRemoved() throws IOException {
		for (int release = 0; release < 8; release++) {
			prepare(this.preload, this.worker.withLaunch(List.of("-jar", jar("release " + release).toString())));
			this.preload.forget(GENERATION);
		}

		try (Stream<Path> entries = Files.list(cache())) {
			assertThat(entries).hasSizeBetween(4, 5);
		}
	}

	private void look(Preload preload, JavaCommand worker) {
		preload.look(GENERATION, worker, new PreloadSettings(true, false, Training.REFRESH, false, cache()), null);
	}

	private JavaCommand prepare(Preload preload, JavaCommand worker) {
		look(preload, worker);
		begin(preload, worker);
		return preload.apply(GENERATION, worker);
	}

	private void begin() {
		begin(this.preload, this.worker);
	}

	private static void begin(Preload preload, JavaCommand worker) {
		preload.begin(GENERATION, worker);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !preload.isBusy());
	}

	private static Path archiveOf(JavaCommand command) {
		Path archive = Preload.archiveIn(command);
		assertThat(archive).isNotNull();
		return (archive != null) ? archive : Path.of("");
	}

	private List<String> runs() {
		try {
			Path runs = this.directory.resolve("runs");
			return Files.exists(runs) ? Files.readAllLines(runs) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path cache() {
		return this.directory.resolve("cache");
	}

	private Path java(String version) throws IOException {
		Path java = FakeJdk.install(this.directory.resolve("jdk-" + version), version);
		Files.writeString(java, JAVA.formatted(this.directory), StandardOpenOption.TRUNCATE_EXISTING);
		return java;
	}

	private Path jar(String content) throws IOException {
		Path jar = this.directory.resolve(content + ".jar");
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream out = new JarOutputStream(file,
						manifest("org.springframework.boot.loader.launch.JarLauncher"))) {
			out.putNextEntry(new JarEntry("BOOT-INF/lib/spring-boot-jarmode-tools-4.jar"));
			out.write(content.getBytes(StandardCharsets.US_ASCII));
		}
		return jar;
	}

	/**
	 * A class path of a jar beside a library, and another jar whose manifest names
	 * nothing.
	 * @param content what is in the library
	 * @return the class path
	 */
	private List<String> plainJars(String content) throws IOException {
		Path directory = Files.createDirectories(this.directory.resolve("plain-" + content));
		Files.writeString(directory.resolve("library.jar"), content);
		Manifest manifest = manifest("com.example.Main");
		manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "library.jar");
		Path main = directory.resolve("main.jar");
		new JarOutputStream(Files.newOutputStream(main), manifest).close();
		Path other = directory.resolve("other.jar");
		new JarOutputStream(Files.newOutputStream(other), manifest("")).close();
		return List.of("-cp", main + File.pathSeparator + other, "com.example.Main");
	}

	private static Manifest manifest(String main) {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
		return manifest;
	}

}
