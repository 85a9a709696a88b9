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

package io.prefork.launcher.top;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Sparkline}.
 */
class SparklineTests {

	@Test
	void whenValuesAreDrawnThenTheLargestIsTheHighest() {
		Sparkline line = new Sparkline(3);
		assertThat(line.text()).isEmpty();
		line.add(0);
		assertThat(line.text()).isEqualTo("\u2581");
		line.add(1000);
		line.add(500);
		line.add(0);
		assertThat(line.text()).isEqualTo("\u2588\u2585\u2581");
	}

}
