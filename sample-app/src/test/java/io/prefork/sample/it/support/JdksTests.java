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
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link Jdks}.
 */
class JdksTests {

	@Test
	void whenJdksAreInstalledThenEachIsFoundOnce(@TempDir Path directory) throws IOException {
		Path seventeen = install(directory, "seventeen", "17.0.15");
		Path eight = install(directory, "eight", "1.8.0_392");
		Path early = install(directory, "early", "27-ea");
		Files.createSymbolicLink(directory.resolve("a-link"), seventeen);
		Files.createDirectory(directory.resolve("not-a-jdk"));

		assertThat(Jdks.in(directory)).containsExactly(entry(8, eight.toRealPath()), entry(17, seventeen.toRealPath()),
				entry(27, early.toRealPath()));
	}

	@Test
	void whenNothingIsInstalledThenOnlyTheRunningOneIsFound(@TempDir Path directory) {
		assertThat(Jdks.in(directory.resolve("missing"))).isEmpty();
		assertThat(Jdks.atLeast(17)).isPresent();
		assertThat(Jdks.atLeast(1000)).isEmpty();
	}

	private static Path install(Path directory, String name, String version) throws IOException {
		Path home = Files.createDirectory(directory.resolve(name));
		Files.createDirectory(home.resolve("bin"));
		Files.createFile(home.resolve("bin/java"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
		Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
		return home;
	}

}
