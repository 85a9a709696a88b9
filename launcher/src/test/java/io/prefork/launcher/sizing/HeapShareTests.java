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
 * Tests for {@link HeapShare}.
 */
class HeapShareTests {

	@ParameterizedTest
	@CsvSource({ "24576, 3", "24576, 1", "4096, 2" })
	void whenDefaultsOfTheJvmFitThenTheyAreLeftAlone(long megabytes, int processes) {
		assertThat(HeapShare.of(megabytes << 20, (megabytes << 20) / 10 * 9, processes))
			.isEqualTo(new HeapShare(0, true));
	}

	@ParameterizedTest
	@CsvSource({ "24576, 5, 4190", "2048, 3, 373", "2048, 5, 135", "1024, 3, 65" })
	void whenDefaultsWouldNotFitThenEachGetsItsShare(long megabytes, int processes, long heap) {
		HeapShare share = HeapShare.of(megabytes << 20, (megabytes << 20) / 10 * 9, processes);

		assertThat(share.fits()).isTrue();
		assertThat(share.heap() >> 20).isEqualTo(heap);
		assertThat(processes * (share.heap() + HeapShare.BESIDES)).isLessThan((megabytes << 20) / 10 * 9);
	}

	@Test
	void whenOthersNeedTheMemoryThenThereIsLessToDivide() {
		HeapShare share = HeapShare.of(24576L << 20, (24576L << 20) / 10, 2);

		assertThat(share.heap() >> 20).isEqualTo(976);
	}

	@Test
	void whenThereIsNoRoomThenTheSmallestHeapIsGivenAndThatIsSaid() {
		assertThat(HeapShare.of(1024L << 20, (1024L << 20) / 10 * 9, 5))
			.isEqualTo(new HeapShare(HeapShare.SMALLEST, false));
	}

}
