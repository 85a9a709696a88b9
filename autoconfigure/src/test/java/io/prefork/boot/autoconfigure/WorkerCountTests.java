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

package io.prefork.boot.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link WorkerCount}.
 */
class WorkerCountTests {

	@ParameterizedTest
	@ValueSource(strings = { "auto", "AUTO", " auto " })
	void whenTextIsAutoThenCountIsAuto(String text) {
		WorkerCount count = WorkerCount.of(text);

		assertThat(count).isEqualTo(WorkerCount.AUTO).hasToString("auto");
	}

	@Test
	void whenTextIsNumberThenCountIsThatNumber() {
		WorkerCount count = WorkerCount.of(" 4 ");

		assertThat(count).isEqualTo(new WorkerCount(4)).hasToString("4");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "many", "", "2.5", "99999999999" })
	void whenTextIsAnythingElseThenItIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> WorkerCount.of(text))
			.withMessage("must be 'auto' or a whole number of at least 1");
	}

	@Test
	void whenNumberIsLessThanOneThenItIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new WorkerCount(0))
			.withMessage("must be 'auto' or a whole number of at least 1");
	}

}
