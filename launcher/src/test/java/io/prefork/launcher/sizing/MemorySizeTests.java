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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MemorySize}.
 */
class MemorySizeTests {

	@Test
	void whenSizeIsReadThenItMayHaveAUnit() {
		assertThat(MemorySize.parse("300M").bytes()).isEqualTo(300L << 20);
		assertThat(MemorySize.parse("64k").bytes()).isEqualTo(64L << 10);
		assertThat(MemorySize.parse("2GiB").bytes()).isEqualTo(2L << 30);
		assertThat(MemorySize.parse("4711").bytes()).isEqualTo(4711);
	}

	@Test
	void whenItIsNoSizeThenThatIsSaid() {
		assertThatIllegalArgumentException().isThrownBy(() -> MemorySize.parse("much"))
			.withMessage("'much' is not a size such as 300M or 2G");
	}

}
