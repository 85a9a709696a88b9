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

package io.prefork.launcher.generation;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ApplicationSnapshot}.
 */
class ApplicationSnapshotTests {

	@TempDir
	private Path directory;

	private Path target = Path.of("");

	@BeforeEach
	void chooseTarget() {
		this.target = this.directory.resolve("run/gen-1");
	}

	@Test
	void whenJarIsOverwrittenThenTheCopyIsAsItWas() throws IOException {
		Path jar = jar("my app.jar", "");
		Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
		byte[] before = Files.readAllBytes(jar);

		List<String> launch = take(List.of("-jar", jar.toString()));

		Files.writeString(jar, "");
		Path copy = Path.of(launch.get(1));
		assertThat(launch).hasSize(2).startsWith("-jar");
		assertThat(copy).hasFileName("my app.jar").hasBinaryContent(before);
		assertThat(Files.getLastModifiedTime(copy)).isEqualTo(FileTime.from(Instant.EPOCH));
	}

	@Test
	void whenManifestNamesJarsThenTheyAreCopiedToWhereItNamesThem() throws IOException {
		Path library = jar("lib/one.jar", "");
		jar("shared/two.jar", "");
		Path jar = jar("app/app.jar", "lib/one.jar ../shared/two.jar ../../x/missing.jar http://host/three.jar");
		Files.createDirectories(jar.resolveSibling("lib"));
		Files.copy(library, jar.resolveSibling("lib/one.jar"));

		List<String> launch = take(List.of("-jar", jar.toString()));

		Path copy = Path.of(launch.get(1));
		assertThat(copy).startsWith(this.target);
		assertThat(copy.resolveSibling("lib/one.jar")).isRegularFile();
		assertThat(copy.resolveSibling("../shared/two.jar").normalize()).isRegularFile().startsWith(this.target);
	}

	@Test
	void whenStartedFromClassPathThenEachEntryIsCopied() throws IOException {
		Path classes = Files.createDirectories(this.directory.resolve("classes/pkg"));
		Files.writeString(classes.resolve("A.class"), "a");
		String classPath = String.join(File.pathSeparator, this.directory.resolve("classes").toString(),
				jar("a/same.jar", "").toString(), jar("b/same.jar", "").toString(), "/nowhere/missing.jar");

		List<String> launch = take(List.of("-cp", classPath, "Main"));

		String[] copies = launch.get(1).split(File.pathSeparator);
		assertThat(launch).hasSize(3).startsWith("-cp").endsWith("Main");
		assertThat(copies).hasSize(4).doesNotHaveDuplicates().endsWith("/nowhere/missing.jar");
		assertThat(Path.of(copies[0]).resolve("pkg/A.class")).hasContent("a").startsWith(this.target);
		assertThat(Path.of(copies[1])).isRegularFile().startsWith(this.target);
		assertThat(Path.of(copies[2])).isRegularFile().startsWith(this.target);
	}

	@Test
	void whenJarIsHalfWrittenThenItIsRefused() throws IOException {
		Path jar = jar("app.jar", "");
		byte[] whole = Files.readAllBytes(jar);
		try (OutputStream out = Files.newOutputStream(jar)) {
			out.write(whole, 0, whole.length / 2);
		}

		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> ApplicationSnapshot.take(List.of("-jar", jar.toString()), this.target))
			.withMessageStartingWith(jar + " is not a whole jar");
	}

	@Test
	void whenClassPathHasJarThenWhatItsManifestNamesIsCopiedWithIt() throws IOException {
		Path jar = jar("app/app.jar", "lib/one.jar");
		jar("app/lib/one.jar", "");

		List<String> launch = take(List.of("-cp", jar.toString(), "Main"));

		assertThat(Path.of(launch.get(1)).resolveSibling("lib/one.jar")).isRegularFile().startsWith(this.target);
	}

	@Test
	void whenClassPathHasWildcardThenTheJarsOfTheDayAreCopied() throws IOException {
		jar("lib/b.jar", "");
		jar("lib/a.jar", "");
		Files.writeString(this.directory.resolve("lib/notes.txt"), "");
		String classPath = this.directory.resolve("lib") + "/*" + File.pathSeparator + "/nowhere/*";

		assertThat(take(List.of("-cp", classPath, "Main")).get(1).split(File.pathSeparator)).hasSize(2)
			.allSatisfy((copy) -> assertThat(Path.of(copy)).isRegularFile().startsWith(this.target));
		jar("lib/c.jar", "");
		this.target = this.directory.resolve("run/gen-2");
		assertThat(take(List.of("-cp", classPath, "Main")).get(1).split(File.pathSeparator)).hasSize(3);
	}

	@Test
	void whenDirectoryHasNamedPipeThenItIsLeftOut() throws Exception {
		Path classes = Files.createDirectories(this.directory.resolve("classes"));
		Files.writeString(classes.resolve("A.class"), "a");
		assertThat(new ProcessBuilder("mkfifo", classes.resolve("pipe").toString()).start().waitFor()).isZero();

		List<String> launch = take(List.of("-cp", classes.toString(), "Main"));

		assertThat(Path.of(launch.get(1))).isDirectoryContaining("glob:**/A.class")
			.isDirectoryNotContaining("glob:**/pipe");
	}

	@Test
	void whenCopyIsRemovedThenItIsMadeAgainThoughTheOriginalIsAnotherOne() throws IOException {
		Path jar = jar("app.jar", "");
		Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
		byte[] before = Files.readAllBytes(jar);
		try (ApplicationSnapshot snapshot = ApplicationSnapshot.take(List.of("-jar", jar.toString()), this.target)) {
			Files.writeString(jar, "another");
			assertThat(snapshot.restore(this.target)).isFalse();
			Files.delete(Path.of(snapshot.launch().get(1)));

			assertThat(snapshot.restore(this.target)).isTrue();

			Path copy = Path.of(snapshot.launch().get(1));
			assertThat(copy).hasBinaryContent(before);
			assertThat(Files.getLastModifiedTime(copy)).isEqualTo(FileTime.from(Instant.EPOCH));

			assertThat(snapshot.restore(this.directory.resolve("elsewhere"))).isTrue();
			assertThat(Path.of(snapshot.launch().get(1))).startsWith(this.directory.resolve("elsewhere"))
				.hasBinaryContent(before);
		}
	}

	@Test
	void whenFileOfCopiedDirectoryIsRemovedThenItIsCopiedAgain() throws IOException {
		Path classes = Files.createDirectories(this.directory.resolve("classes"));
		Files.writeString(classes.resolve("A.class"), "a");
		try (ApplicationSnapshot snapshot = ApplicationSnapshot.take(List.of("-cp", classes.toString(), "Main"),
				this.target)) {
			Path copy = Path.of(snapshot.launch().get(1)).resolve("A.class");
			assertThat(snapshot.restore(this.target)).isFalse();
			Files.delete(copy);

			assertThat(snapshot.restore(this.target)).isTrue();

			assertThat(copy).hasContent("a");
		}
	}

	private List<String> take(List<String> launch) throws IOException {
		try (ApplicationSnapshot snapshot = ApplicationSnapshot.take(launch, this.target)) {
			return snapshot.launch();
		}
	}

	private Path jar(String name, String classPath) throws IOException {
		Path jar = this.directory.resolve(name);
		Files.createDirectories(jar.getParent());
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		if (!classPath.isEmpty()) {
			manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
		}
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
			out.putNextEntry(new ZipEntry("entry"));
			out.write(name.getBytes(StandardCharsets.UTF_8));
		}
		return jar;
	}

}
