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

package io.prefork.launcher.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.log.History;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.status.HistoryEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EmptySlotWatch}.
 */
class EmptySlotWatchTests {

	private final History history = new History();

	private final EmptySlotWatch watch = new EmptySlotWatch(new MasterLog(this.history));

	@AutoClose
	private final MasterOnFakes master;

	EmptySlotWatchTests(@TempDir Path directory) throws IOException {
		this.master = new MasterOnFakes(directory);
		this.master.start();
	}

	@Test
	void whenNoWorkerStaysThenItIsSaidOnceMinute() {
		this.master.ready(new WorkerId(0, 1));
		look(1);
		assertThat(said()).isEmpty();

		for (int incarnation = 1; incarnation <= 3; incarnation++) {
			WorkerId id = new WorkerId(1, incarnation);
			Awaitility.await().untilAsserted(() -> {
				this.master.loop.handle(new Event.DeadlineReached());
				assertThat(this.master.control.session(id)).isNotNull();
			});
			this.master.exit(id);
		}
		look(2);
		look(30);
		look(63);

		assertThat(said()).hasSize(2)
			.allSatisfy((line) -> assertThat(line).startsWith("slot 1 has no worker, the last ")
				.endsWith("the last one exited with code 1; its last output:"));
	}

	private void look(int seconds) {
		this.watch.look(this.master.loop.state(), Duration.ofSeconds(seconds));
	}

	private List<String> said() {
		return this.history.entries().stream().map(HistoryEntry::what).toList();
	}

}
