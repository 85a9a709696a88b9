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

package io.prefork.launcher.startup;

import java.lang.management.ManagementFactory;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnneededMemory}.
 */
class UnneededMemoryTests {

	@Test
	void whenItIsGivenBackThenHeapKeepsLittleOfWhatIsFree() {
		byte[] used = new byte[100 << 20];
		assertThat(used.length).isPositive();
		used = new byte[0];

		UnneededMemory.giveBack();

		HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		assertThat(options.getVMOption("MaxHeapFreeRatio").getValue()).isEqualTo("20");
		Runtime runtime = Runtime.getRuntime();
		assertThat(used).isEmpty();
		assertThat(runtime.freeMemory()).isLessThan(runtime.totalMemory() / 2);
	}

}
