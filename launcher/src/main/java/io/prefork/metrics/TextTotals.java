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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Adds up metrics of several processes in one of the text formats: counters, histograms,
 * and the counts and sums of summaries. Of gauges, a {@link GaugeRule} tells what they
 * are together; what is neither, the first process has. Quantiles, exemplars and creation
 * times, which can't be added up, are left out.
 */
public final class TextTotals {

	private static final Set<String> ADDED = Set.of("counter", "histogram", "summary", "unknown", "untyped");

	private static final String GAUGE = "gauge";

	private static final String CREATED = "_created";

	private final Map<String, Totals> families = new LinkedHashMap<>();

	private boolean ended;

	/**
	 * Add the metrics of a process that is there.
	 * @param document its metrics
	 */
	public void add(byte[] document) {
		add(document, true);
	}

	/**
	 * Add what is left of processes that are gone: what they have counted.
	 * @param document their metrics
	 */
	public void addGone(byte[] document) {
		add(document, false);
	}

	/**
	 * Write the totals.
	 * @return a document of the format of those that were added
	 */
	public byte[] toByteArray() {
		StringBuilder text = new StringBuilder();
		this.families.forEach((name, totals) -> {
			GaugeRule rule = GaugeRule.of(name, this.families);
			totals.description.forEach((line) -> text.append(line).append('\n'));
			totals.values.forEach((sample, value) -> text.append(sample)
				.append(' ')
				.append(value.text(totals.isGauge() ? rule : GaugeRule.SUM))
				.append('\n'));
		});
		if (this.ended) {
			text.append(TextFamily.END).append('\n');
		}
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

	private void add(byte[] document, boolean there) {
		this.ended |= TextFamily.isEnded(document);
		TextFamily.parse(document).forEach((name, family) -> {
			boolean added = ADDED.contains(family.type());
			if (name.endsWith(CREATED) || !(there || added)) {
				return;
			}
			Totals known = this.families.computeIfAbsent(name, (key) -> new Totals(family));
			if (known.type.equals(family.type())) {
				family.samples().forEach(known::add);
			}
		});
	}

	/**
	 * The totals of one family.
	 */
	private static final class Totals {

		private final Map<String, Value> values = new LinkedHashMap<>();

		private final List<String> description;

		private final String type;

		private Totals(TextFamily family) {
			this.description = family.description();
			this.type = family.type();
		}

		private boolean isGauge() {
			return this.type.equals(GAUGE);
		}

		private void add(String line) {
			int exemplar = line.indexOf(" # ");
			String sample = (exemplar > 0) ? line.substring(0, exemplar) : line;
			int end = sample.lastIndexOf('}') + 1;
			int space = sample.indexOf(' ', Math.max(0, end));
			String key = sample.substring(0, space);
			boolean quantile = this.type.equals("summary") && key.contains("quantile=\"");
			if (quantile || key.substring(0, nameEnd(key)).endsWith(CREATED)) {
				return;
			}
			Value value = Value.of(sample.substring(space + 1));
			if (isGauge() || ADDED.contains(this.type)) {
				this.values.merge(key, value, Value::plus);
			}
			else {
				this.values.putIfAbsent(key, value);
			}
		}

		private static int nameEnd(String key) {
			int labels = key.indexOf('{');
			return (labels < 0) ? key.length() : labels;
		}

	}

	/**
	 * Values of one sample.
	 *
	 * @param sum their sum
	 * @param smallest the smallest
	 * @param largest the largest
	 * @param count how many there are
	 * @param whole their sum if all are written as whole numbers
	 */
	private record Value(double sum, double smallest, double largest, int count, @Nullable Long whole) {

		private static Value of(String text) {
			double number = number(text);
			boolean whole = text.matches("-?\\d{1,18}");
			return new Value(number, number, number, 1, whole ? Long.valueOf(text) : null);
		}

		private Value plus(Value other) {
			Long added = (this.whole != null && other.whole != null) ? this.whole + other.whole : null;
			return new Value(this.sum + other.sum, Math.min(this.smallest, other.smallest),
					Math.max(this.largest, other.largest), this.count + other.count, added);
		}

		private String text(GaugeRule rule) {
			if (rule == GaugeRule.SUM && this.whole != null) {
				return this.whole.toString();
			}
			return text(rule.apply(this.sum, this.smallest, this.largest, this.count));
		}

		private static double number(String text) {
			return switch (text) {
				case "+Inf" -> Double.POSITIVE_INFINITY;
				case "-Inf" -> Double.NEGATIVE_INFINITY;
				default -> Double.parseDouble(text);
			};
		}

		private static String text(double number) {
			if (Double.isInfinite(number)) {
				return (number > 0) ? "+Inf" : "-Inf";
			}
			return Double.toString(number);
		}

	}

}
