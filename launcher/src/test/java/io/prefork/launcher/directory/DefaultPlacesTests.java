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

package io.prefork.launcher.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultPlaces}.
 */
class DefaultPlacesTests {

	private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"), "prefork-1000");

	@TempDir
	private Path system = Path.of("");

	@Test
	void whenUnitHasRuntimeDirectoryThenItIsFirst() {
		assertThat(places(1000, Map.of("RUNTIME_DIRECTORY", "/run/app:/run/other")))
			.containsExactly(Path.of("/run/app/prefork"), TEMPORARY);
	}

	@Test
	void whenRuntimeDirectoryOfUserIsSetThenItIsUsed() throws IOException {
		Path runtime = Files.createDirectories(this.system.resolve("runtime"));

		assertThat(places(1000, Map.of("XDG_RUNTIME_DIR", runtime.toString())))
			.containsExactly(runtime.resolve("prefork"), TEMPORARY);
		assertThat(places(1000, Map.of("XDG_RUNTIME_DIR", "/nowhere"))).containsExactly(TEMPORARY);
	}

	@Test
	void whenRuntimeDirectoryGoesWithTheSessionThenItIsUsedOnlyIfTheUserLingers() throws IOException {
		Path runtime = Files.createDirectories(this.system.resolve("run/user/1000"));
		Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", runtime.toString());
		assertThat(places(1000, environment)).containsExactly(TEMPORARY);

		Path linger = Files.createDirectories(this.system.resolve("var/lib/systemd/linger"));
		Files.createFile(linger.resolve(System.getProperty("user.name")));

		assertThat(places(1000, environment)).containsExactly(runtime.resolve("prefork"), TEMPORARY);
	}

	@Test
	void whenUserIsRootThenTheRuntimeDirectoryOfTheSystemIsUsed() {
		assertThat(places(0, Map.of())).containsExactly(this.system.resolve("run/prefork"),
				TEMPORARY.resolveSibling("prefork-0"));
	}

	private List<Path> places(int uid, Map<String, String> environment) {
		return new DefaultPlaces(environment, uid, this.system).list();
	}

}
