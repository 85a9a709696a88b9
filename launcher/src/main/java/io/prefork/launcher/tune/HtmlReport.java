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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.report.Json;

/**
 * Results as a page that needs nothing beside itself, with charts by uPlot.
 */
final class HtmlReport {

	private static final String LIBRARY = "uplot/";

	private HtmlReport() {
	}

	/**
	 * Make the page.
	 * @param results what it shows
	 * @return the page
	 * @throws IOException if a part of it can't be read
	 */
	static String of(Results results) throws IOException {
		return resource("report.html")
			.replace("/*style*/", resource(LIBRARY + "uPlot.min.css") + resource("report.css"))
			.replace("/*library*/", resource(LIBRARY + "uPlot.iife.min.js"))
			.replace("/*script*/", resource("report.js"))
			.replace("{/*data*/}", data(results));
	}

	private static String data(Results results) {
		List<Row> rows = results.trials().stream().map((trial) -> row(results, trial)).toList();
		// Nothing in a text may end the element that it is in.
		return Json.of(new Page(results.subject(), results.plan(), rows, TuneText.advice(results)))
			.replace("<", "\\u003c");
	}

	private static Row row(Results results, TrialResult trial) {
		List<Point> points = trial.measurements()
			.stream()
			.map((at) -> new Point(at.offered(), millis(at.p50()), millis(at.p90()), millis(at.p99()), at.served(),
					at.cpu(), at.memory()))
			.toList();
		return new Row(trial.candidate().toString(), trial.failure(),
				trial.knee(results.plan().goal()).map(Measurement::offered).orElse(0.0), points);
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1e6;
	}

	private static String resource(String name) throws IOException {
		try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name), name)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/**
	 * What the page shows.
	 *
	 * @param subject what was measured
	 * @param plan how
	 * @param rows the candidates
	 * @param advice what follows
	 */
	private record Page(Subject subject, Plan plan, List<Row> rows, List<String> advice) {

	}

	/**
	 * A candidate.
	 *
	 * @param name its settings
	 * @param failure why it was not measured; {@code null} if it was
	 * @param knee the rate of its knee, 0 if it has none
	 * @param points what was measured
	 */
	private record Row(String name, @Nullable String failure, double knee, List<Point> points) {

	}

	/**
	 * What was measured at one rate, with latencies in milliseconds.
	 *
	 * @param rate requests per second that were due
	 * @param p50 the median latency
	 * @param p90 the latency that 90 of 100 do not exceed
	 * @param p99 the latency that 99 of 100 do not exceed
	 * @param served requests per second that were answered
	 * @param cpu how many CPUs the workers were busy with
	 * @param memory bytes
	 */
	private record Point(double rate, double p50, double p90, double p99, double served, double cpu, long memory) {

	}

}
