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

import java.io.IOException;
import java.net.BindException;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnsharedPortFailureAnalyzer}.
 */
class UnsharedPortFailureAnalyzerTests {

	@Test
	void whenProcessIsNoWorkerThenOtherAnalyzersExplainTheFailure() {
		FailureAnalysis analysis = new UnsharedPortFailureAnalyzer()
			.analyze(new IllegalStateException(new BindException("Address already in use")));

		assertThat(analysis).isNull();
	}

	@Test
	void whenPortIsKnownThenTheExplanationNamesIt() {
		IOException cause = new BindException("Address already in use");

		FailureAnalysis analysis = UnsharedPortFailureAnalyzer.analysis(new PortInUseException(8081), cause);

		assertThat(analysis.getDescription()).startsWith("This worker can't bind port 8081 (Address already in use).");
		assertThat(analysis.getAction()).contains("SO_REUSEPORT");
		assertThat(UnsharedPortFailureAnalyzer.analysis(null, cause).getDescription())
			.startsWith("This worker can't bind a port (");
	}

}
