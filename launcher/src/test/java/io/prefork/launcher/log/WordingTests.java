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

package io.prefork.launcher.log;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.prefork.launcher.supervisor.Ending;
import io.prefork.launcher.supervisor.Place;
import io.prefork.launcher.supervisor.ProcessEnd;
import io.prefork.launcher.supervisor.Reason;
import io.prefork.launcher.supervisor.ReloadFailure;
import io.prefork.launcher.supervisor.ServiceNotice;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerReport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Wording}.
 */
class WordingTests {

	static Stream<Arguments> phrases() {
		return Stream.of(Arguments.of(ServiceNotice.class, Wording.NOTICES),
				Arguments.of(WorkerReport.class, Wording.REPORTS), Arguments.of(ReloadFailure.class, Wording.FAILURES),
				Arguments.of(Ending.class, Wording.ENDINGS), Arguments.of(ProcessEnd.class, Wording.ENDS));
	}

	@ParameterizedTest
	@MethodSource("phrases")
	void whenSomethingCanBeReportedThenThereAreWordsForIt(Class<?> type, Phrases<?> phrases) {
		assertThat(phrases.kinds()).containsExactlyInAnyOrder(type.getPermittedSubclasses());
	}

	@Test
	void whenWorkerHasLastWordsThenTheyAreOnLinesOfTheirOwnOrInOneLine() {
		WorkerExit exit = new WorkerExit(new ProcessEnd.Exited(1), "no room\n  left", false);

		assertThat(Wording.of(exit)).isEqualTo("exited with code 1; its last output:%nno room%n  left".formatted());
		assertThat(Wording.of(new ReloadFailure.WorkerLost(new Place.InSlot(0), exit, Reason.BOOT_FAILURE)))
			.isEqualTo("worker=0 exited with code 1; its last output: no room; left (boot-failure)");
	}

}
