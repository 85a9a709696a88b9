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

package io.prefork.boot.lifecycle;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureReporter}.
 */
class FailureReporterTests {

	@Test
	void whenFailureHasNoCauseThenItIsTheReason() {
		IllegalStateException failure = new IllegalStateException("no port");

		String reason = FailureReporter.reason(failure);

		assertThat(reason).isEqualTo("java.lang.IllegalStateException: no port");
	}

	@Test
	void whenFailureHasCausesThenTheReasonNamesTheFailureAndTheRoot() {
		IllegalStateException failure = new IllegalStateException("context failed",
				new IllegalStateException("bean failed", new IllegalArgumentException("no such table")));

		String reason = FailureReporter.reason(failure);

		assertThat(reason.lines()).containsExactly("java.lang.IllegalStateException: context failed",
				"caused by java.lang.IllegalArgumentException: no such table");
	}

	@Test
	void whenFailureIsLongThenTheReasonIsCut() {
		IllegalStateException failure = new IllegalStateException("x".repeat(100_000));

		String reason = FailureReporter.reason(failure);

		assertThat(reason).hasSize(4000);
	}

}
