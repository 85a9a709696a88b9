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

package io.prefork.contract;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkerIdentity}.
 */
class WorkerIdentityTests {

	private static final WorkerIdentity IDENTITY = new WorkerIdentity(1, 2, 3, 5, true, 4, Path.of("/run/x"), "secret");

	private static final long MASTER = ProcessHandle.current().pid();

	@Test
	void whenIdentityIsWrittenThenItIsReadBack() {
		Map<String, String> environment = new HashMap<>();
		IDENTITY.writeTo(environment, MASTER);

		WorkerIdentity read = WorkerIdentity.from(environment, MASTER);

		assertThat(read).isEqualTo(IDENTITY);
		assertThat(IDENTITY.socket()).isEqualTo(Path.of("/run/x/control.sock"));
	}

	@Test
	void whenAnyVariableIsMissingThenProcessIsNoWorker() {
		Map<String, String> environment = new HashMap<>();
		IDENTITY.writeTo(environment, MASTER);

		assertThat(List.copyOf(environment.keySet())).hasSize(9).allSatisfy((name) -> {
			Map<String, String> without = new HashMap<>(environment);
			without.remove(name);
			assertThat(WorkerIdentity.from(without, MASTER)).isNull();
		});
	}

	@Test
	void whenAnotherProcessHasInheritedTheEnvironmentThenItIsNoWorker() {
		Map<String, String> environment = new HashMap<>();
		IDENTITY.writeTo(environment, MASTER);

		assertThat(WorkerIdentity.from(environment, MASTER + 1)).isNull();
	}

	@Test
	void whenTheMasterIsGoneThenItsWorkerIsStillOne() {
		Map<String, String> environment = new HashMap<>();
		IDENTITY.writeTo(environment, 4_999_999);

		assertThat(WorkerIdentity.from(environment, 1)).isEqualTo(IDENTITY);
	}

	@Test
	void whenIdentityIsShownThenTokenIsNot() {
		assertThat(IDENTITY).asString().isEqualTo("worker=1 gen=3").doesNotContain("secret");
	}

}
