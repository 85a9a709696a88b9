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

package io.prefork.metrics;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TextTotals} and {@link GaugeRule}.
 */
class TextTotalsTests {

	private final TextTotals totals = new TextTotals();

	@Test
	void whenProcessesHaveCountedThenWhatTheyCountedAddsUp() {
		this.totals.add(bytes("""
				# HELP requests_total Requests, "all} of them"
				# TYPE requests_total counter
				requests_total{uri="/a b}"} 3.0
				requests_total{uri="/c"} 1.0E9
				# TYPE times histogram
				times_bucket{le="1.0"} 2
				times_bucket{le="+Inf"} 3
				times_count 3
				times_sum 4.5
				"""));
		this.totals.add(bytes("""
				# HELP requests_total Requests
				# TYPE requests_total counter
				requests_total{uri="/a b}"} 4.0
				# TYPE times histogram
				times_bucket{le="1.0"} 1
				times_bucket{le="+Inf"} 1
				times_count 1
				times_sum 0.5
				# TYPE late counter
				late 1.0
				"""));

		assertThat(text()).isEqualTo("""
				# HELP requests_total Requests, "all} of them"
				# TYPE requests_total counter
				requests_total{uri="/a b}"} 7.0
				requests_total{uri="/c"} 1.0E9
				# TYPE times histogram
				times_bucket{le="1.0"} 3
				times_bucket{le="+Inf"} 4
				times_count 4
				times_sum 5.0
				# TYPE late counter
				late 1.0
				""");
	}

	@Test
	void whenProcessIsGoneThenOnlyWhatItCountedStays() {
		byte[] document = bytes("""
				# TYPE requests_total counter
				requests_total 3.0
				# TYPE threads gauge
				threads 16.0
				# TYPE build info
				build_info{version="1"} 1
				""");
		this.totals.addGone(document);
		this.totals.addGone(document);

		assertThat(text()).isEqualTo("""
				# TYPE requests_total counter
				requests_total 6.0
				""");
		this.totals.add(document);
		assertThat(text()).isEqualTo("""
				# TYPE requests_total counter
				requests_total 9.0
				# TYPE threads gauge
				threads 16.0
				# TYPE build info
				build_info{version="1"} 1
				""");
	}

	@Test
	void whenDocumentIsOpenMetricsThenWhatCanNotBeAddedUpIsLeftOut() {
		byte[] document = bytes("""
				# TYPE requests counter
				requests_total 3.0 # {trace_id="a"} 1.0
				requests_created 1.5E9
				# TYPE times summary
				times{quantile="0.5"} 2.0
				times_count 3
				times_sum 4.5
				times_created 1.5E9
				# EOF
				""");
		this.totals.add(document);
		this.totals.add(document);

		assertThat(text()).isEqualTo("""
				# TYPE requests counter
				requests_total 6.0
				# TYPE times summary
				times_count 6
				times_sum 9.0
				# EOF
				""");
	}

	@ParameterizedTest
	@CsvSource({ "threads, 5.0", "times_max, 4.0", "pool_connections_max, 5.0", "system_cpu_count, 4.0",
			"disk_free_bytes, 4.0", "process_start_time_seconds, 1.0", "process_uptime_seconds, 4.0",
			"jvm_gc_overhead, 2.5", "application_ready_time_seconds, 4.0" })
	void whenGaugesAreTogetherThenTheirRuleCounts(String name, String expected) {
		for (String value : new String[] { "1.0", "4.0" }) {
			this.totals.add(bytes(
					"# TYPE times summary\ntimes_count 0\n# TYPE %s gauge\n%s %s\n".formatted(name, name, value)));
		}

		assertThat(text()).endsWith("\n%s %s\n".formatted(name, expected));
	}

	@Test
	void whenValuesAreNoNumbersThenTheyStayWhatTheyAre() {
		this.totals.add(bytes("# TYPE a gauge\na +Inf\nb -Inf\nc NaN\n"));

		assertThat(text()).isEqualTo("# TYPE a gauge\na +Inf\nb -Inf\nc NaN\n");
	}

	@Test
	void whenFamilyHasAnotherTypeThenTheFirstStays() {
		this.totals.add(bytes("# TYPE a counter\na 1.0\n"));
		this.totals.add(bytes("# TYPE a gauge\na 5.0\n"));

		assertThat(text()).isEqualTo("# TYPE a counter\na 1.0\n");
	}

	private String text() {
		return new String(this.totals.toByteArray(), StandardCharsets.UTF_8);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
