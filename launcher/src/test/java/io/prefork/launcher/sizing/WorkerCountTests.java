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

package io.prefork.launcher.sizing;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkerCount}.
 */
class WorkerCountTests {

	private static final long MEBIBYTE = 1L << 20;

	@ParameterizedTest(name = "{0} CPUs and {1} MiB make {2} workers")
	@CsvSource({ "1, 64000, 1", "4, 64000, 4", "8, 2048, 5", "8, 1024, 2", "8, 512, 1", "8, 100, 1", "8, 0, 1" })
	void whenMachineIsGivenThenWorkersFitIt(int cpus, long memory, int expected) {
		int workers = WorkerCount.auto(cpus, memory * MEBIBYTE / 10 * 9);

		assertThat(workers).isEqualTo(expected);
	}

}
