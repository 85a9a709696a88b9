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

package io.prefork.launcher.succession;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.Roster;
import io.prefork.launcher.edge.FakeProcesses;
import io.prefork.launcher.log.LoggedLines;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.supervisor.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkerRoster}.
 */
class WorkerRosterTests {

	private static final WorkerId FIRST = new WorkerId(0, 1);

	private static final WorkerId SECOND = new WorkerId(1, 1);

	private final FakeProcesses processes = new FakeProcesses();

	private final LoggedLines log = new LoggedLines();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void whenWorkersComeAndGoThenTheFileNamesThoseThatLive() throws IOException {
		Path file = this.directory.resolve("workers");
		WorkerRoster roster = new WorkerRoster(file, this.processes, new MasterLog());

		roster.started(FIRST, 7, "a");
		roster.started(SECOND, 8, "b");
		roster.ended(FIRST);
		roster.ended(FIRST);

		assertThat(Roster.read(file).members()).containsExactly(new Roster.Member(8, "1@boot", "b"));
	}

	@Test
	void whenFileCanNotBeWrittenThenItIsSaidWhatThatMeans() {
		WorkerRoster roster = new WorkerRoster(this.directory.resolve("none/workers"), this.processes, new MasterLog());

		roster.started(FIRST, 7, "a");

		assertThat(this.log.lines()).singleElement().asString().contains("a new master could not take over");
	}

	@Test
	void whenWorkersDoNotOutliveTheirMasterThenThereIsNoFile() {
		WorkerRoster roster = new WorkerRoster(null, this.processes, new MasterLog());

		roster.started(FIRST, 7, "a");

		assertThat(this.directory).isEmptyDirectory();
		assertThat(this.log.lines()).isEmpty();
	}

}
