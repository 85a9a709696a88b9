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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CpuShare} and {@link Machine}.
 */
class CpuShareTests {

	@ParameterizedTest(name = "{0} CPUs and {1} workers make {2} each")
	@CsvSource({ "4, 2, 2", "4, 4, 1", "4, 8, 1", "5, 2, 2", "1, 1, 1", "16, 1, 16" })
	void whenCpusAreDividedThenEachWorkerHasAtLeastOne(int cpus, int workers, int expected) {
		int share = CpuShare.perWorker(cpus, workers);

		assertThat(share).isEqualTo(expected);
	}

	@Test
	void whenMachineIsLookedAtThenItHasSomething() {
		Machine machine = Machine.current();

		assertThat(machine.cpus()).isEqualTo(Runtime.getRuntime().availableProcessors());
		assertThat(machine.memory()).isGreaterThan(1L << 20);
	}

}
