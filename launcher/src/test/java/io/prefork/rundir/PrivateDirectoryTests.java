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

package io.prefork.rundir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link PrivateDirectory}.
 */
class PrivateDirectoryTests {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void whenDirectoryIsMadeForUserThenItIsAccepted() throws IOException {
		Path made = this.directory.resolve("a/b");

		PrivateDirectory.create(made);
		PrivateDirectory.create(made);

		assertThatNoException().isThrownBy(() -> PrivateDirectory.check(made));
	}

	@Test
	void whenItIsLinkThenItIsRefused() throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), this.directory);

		assertThatExceptionOfType(IOException.class).isThrownBy(() -> PrivateDirectory.check(link))
			.withMessage(link + " is no directory");
	}

	@Test
	void whenItBelongsToSomebodyElseThenItIsRefused() throws IOException {
		Assumptions.assumeTrue(PrivateDirectory.ownUid() == 0, "only root can give a directory away");
		Path foreign = Files.createDirectory(this.directory.resolve("foreign"));
		Files.setAttribute(foreign, "unix:uid", 12345);

		assertThatExceptionOfType(IOException.class).isThrownBy(() -> PrivateDirectory.check(foreign))
			.withMessage(foreign + " belongs to uid 12345, and this is a process of uid 0");
	}

	@Test
	void whenDirectoryIsTouchedThenItLooksUsedButNotChanged() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		FileTime old = FileTime.from(Instant.EPOCH);
		Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(old, old, null);

		PrivateDirectory.touch(this.directory);

		BasicFileAttributes times = Files.readAttributes(file, BasicFileAttributes.class);
		assertThat(times.lastAccessTime()).isGreaterThan(old);
		assertThat(times.lastModifiedTime()).isEqualTo(old);
	}

}
