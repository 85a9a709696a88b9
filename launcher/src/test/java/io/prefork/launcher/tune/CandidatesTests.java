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

package io.prefork.launcher.tune;

import java.util.EnumMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.contract.Setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Candidates} and {@link Candidate}.
 */
class CandidatesTests {

	@Test
	void whenNothingIsSaidThenNumbersOfWorkersAreSearched() {
		Candidates candidates = Candidates.of(Map.of(), 4);

		assertThat(candidates.workers()).containsExactly(1, 2, 4, 8);
		assertThat(candidates.search()).isTrue();
		assertThat(candidates.combinations()).containsExactly(Map.of());
	}

	@Test
	void whenSettingsHaveSeveralValuesThenEachCombinationIsTried() {
		Map<Setting, String> settings = new EnumMap<>(Setting.class);
		settings.put(Setting.WORKERS, "4,auto,2");
		settings.put(Setting.EVENT_LOOPS, "1,2");
		settings.put(Setting.JVM_OPTIONS, "-Xlog:gc,safepoint");

		Candidates candidates = Candidates.of(settings, 3);

		assertThat(candidates.workers()).containsExactly(2, 3, 4);
		assertThat(candidates.search()).isFalse();
		assertThat(candidates.combinations()).containsExactly(
				Map.of("event-loops", "1", "jvm.options", "-Xlog:gc,safepoint"),
				Map.of("event-loops", "2", "jvm.options", "-Xlog:gc,safepoint"));
		assertThat(candidates.count()).isEqualTo(6);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "two", "1,,2", "" })
	void whenNumberOfWorkersIsNoneThenItIsRejected(String workers) {
		assertThatIllegalArgumentException().isThrownBy(() -> Candidates.of(Map.of(Setting.WORKERS, workers), 2))
			.withMessageContaining("is not a number of workers");
	}

	@Test
	void whenCandidateIsToldThenAsAnArgumentAndAsYaml() {
		Candidate candidate = new Candidate(2, Map.of("jvm.heap", "128m"));

		assertThat(candidate).hasToString("workers=2 jvm.heap=128m");
		assertThat(candidate.arguments()).containsExactly("--prefork.workers=2", "--prefork.jvm.heap=128m");
		assertThat(candidate.yaml()).containsExactly("prefork:", "  workers: 2", "  jvm.heap: 128m");
	}

}
