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

package io.prefork.launcher.operator;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.RunDirectoryFiles;
import io.prefork.launcher.directory.RunDirectories;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RunningMasters}.
 */
class RunningMastersTests {

	private static final long PID = ProcessHandle.current().pid();

	@TempDir
	private Path base;

	@Test
	void whenMasterListensThenItIsFoundByItsDirectoryAndByThatOfItsService() throws IOException {
		try (RunDirectories directories = RunDirectories.take(this.base, Map.of(), PID, null);
				ServerSocketChannel socket = listen(directories)) {
			assertThat(socket.isOpen()).isTrue();
			RunningMaster master = new RunningMaster(Long.toString(PID), directories.own().path());

			assertThat(RunningMasters.find(this.base, Map.of())).containsExactly(master);
			assertThat(RunningMasters.find(master.directory(), Map.of())).containsExactly(master);
		}
	}

	@Test
	void whenNobodySaysWhereThenItIsFoundWhereMastersAreByDefault() throws IOException {
		Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", this.base.toString());
		try (RunDirectories directories = RunDirectories.take(null, environment, PID, null);
				ServerSocketChannel socket = listen(directories)) {
			assertThat(socket.isOpen()).isTrue();

			List<RunningMaster> masters = RunningMasters.find(null, environment);

			assertThat(masters).contains(new RunningMaster(Long.toString(PID), directories.own().path()));
		}
	}

	@Test
	void whenNobodyListensThenNobodyIsFound() throws IOException {
		try (RunDirectories directories = RunDirectories.take(this.base, Map.of(), PID, null)) {
			assertThat(RunningMasters.find(this.base, Map.of())).isEmpty();
			listen(directories).close();
			assertThat(RunDirectoryFiles.socketIn(directories.own().path())).exists();
			assertThat(RunningMasters.find(this.base, Map.of())).isEmpty();
		}
		assertThat(RunningMasters.find(this.base.resolve("missing"), Map.of())).isEmpty();
		assertThat(RunningMasters.find(Files.createFile(this.base.resolve("file")), Map.of())).isEmpty();
	}

	private static ServerSocketChannel listen(RunDirectories directories) throws IOException {
		return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
			.bind(UnixDomainSocketAddress.of(RunDirectoryFiles.socketIn(directories.own().path())));
	}

}
