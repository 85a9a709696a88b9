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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.prefork.launcher.report.Amounts;
import io.prefork.launcher.report.Table;

/**
 * Results as text.
 */
public final class TuneText {

	private static final int WIDTH = 40;

	private static final String BAR = "\u2588";

	private static final String NOTHING = "-";

	private TuneText() {
	}

	/**
	 * What was measured at one rate.
	 * @param measurement the result
	 * @return a line
	 */
	public static String of(Measurement measurement) {
		return String.format(Locale.ROOT, "%8s/s: %s/s served, p50 %s, p99 %s, %.1f CPUs, %s%s%s",
				rate(measurement.offered()), rate(measurement.served()), Amounts.latency(measurement.p50()),
				Amounts.latency(measurement.p99()), measurement.cpu(), Amounts.bytes(measurement.memory()),
				(measurement.errors() > 0) ? ", %d failed".formatted(measurement.errors()) : "",
				(measurement.unfinished() > 0) ? ", %d unanswered".formatted(measurement.unfinished()) : "");
	}

	/**
	 * All candidates, each where it kept up last.
	 * @param results the results
	 * @return the lines
	 */
	public static List<String> table(Results results) {
		Optional<Candidate> best = Recommendation.of(results).map(Recommendation::best);
		Table table = new Table(2, "candidate", "verdict", "requests/s", "p50", "p99", "cpus", "memory", "boot");
		for (TrialResult trial : results.trials()) {
			boolean chosen = best.filter(trial.candidate()::equals).isPresent();
			table.add(row(trial, verdict(results, trial, chosen), trial.knee(results.plan().goal())));
		}
		return table.lines();
	}

	/**
	 * The requests per second of all candidates, as bars.
	 * @param results the results
	 * @return the lines
	 */
	public static List<String> chart(Results results) {
		double most = results.trials().stream().mapToDouble(results::capacity).max().orElse(0);
		int names = results.trials()
			.stream()
			.mapToInt((trial) -> trial.candidate().toString().length())
			.max()
			.orElse(0);
		List<String> lines = new ArrayList<>();
		for (TrialResult trial : results.trials()) {
			double capacity = results.capacity(trial);
			int bars = (most > 0) ? (int) Math.round(capacity / most * WIDTH) : 0;
			lines.add("%s  %s %s/s".formatted(pad(trial.candidate().toString(), names), BAR.repeat(bars),
					rate(capacity)));
		}
		return lines;
	}

	/**
	 * What follows.
	 * @param results the results
	 * @return the lines, of which the last are for {@code application.yml}
	 */
	public static List<String> advice(Results results) {
		Recommendation recommendation = Recommendation.of(results).orElse(null);
		List<String> lines = new ArrayList<>();
		if (recommendation == null) {
			lines.add("No candidate achieves the goal.");
			return lines;
		}
		Measurement knee = recommendation.knee();
		lines.add(String.format(Locale.ROOT,
				"Use %s: it keeps up with %s requests/s at a p99 of %s, with %.1f CPUs and %s.", recommendation.best(),
				rate(knee.served()), Amounts.latency(knee.p99()), knee.cpu(), Amounts.bytes(knee.memory())));
		if (results.trials().size() > 1) {
			lines.add("No candidate serves a tenth more.");
		}
		if (recommendation.reserved()) {
			lines.add("The load generator needed most of a CPU meanwhile: the service may do more, and candidates may "
					+ "differ more, than was measured.");
		}
		lines.add("");
		lines.addAll(recommendation.best().yaml());
		return lines;
	}

	static String rate(double rate) {
		return (rate < 100) ? String.format(Locale.ROOT, "%.1f", rate) : String.format(Locale.ROOT, "%.0f", rate);
	}

	private static String verdict(Results results, TrialResult trial, boolean best) {
		if (trial.failure() != null) {
			return "failed";
		}
		if (best) {
			return "best";
		}
		return (results.capacity(trial) > 0) ? "" : "misses the goal";
	}

	private static List<String> row(TrialResult trial, String verdict, Optional<Measurement> knee) {
		return List.of(trial.candidate().toString(), verdict, knee.map((at) -> rate(at.served())).orElse(NOTHING),
				knee.map((at) -> Amounts.latency(at.p50())).orElse(NOTHING),
				knee.map((at) -> Amounts.latency(at.p99())).orElse(NOTHING),
				knee.map((at) -> String.format(Locale.ROOT, "%.1f", at.cpu())).orElse(NOTHING),
				knee.map((at) -> Amounts.bytes(at.memory())).orElse(NOTHING), Amounts.duration(trial.boot()));
	}

	private static String pad(String text, int length) {
		return text + " ".repeat(length - text.length());
	}

}
