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

package io.prefork.launcher.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of cells, below each other. The first two columns begin on one line, the others
 * end on one, as numbers do.
 */
public final class Table {

	private static final int TEXTS = 2;

	private final List<List<String>> rows = new ArrayList<>();

	private final String gap;

	/**
	 * Create a table without rows.
	 * @param gap the number of blanks between columns
	 * @param heads what is above each column
	 */
	public Table(int gap, String... heads) {
		this.gap = " ".repeat(gap);
		this.rows.add(List.of(heads).stream().map((head) -> head.toUpperCase(Locale.ROOT)).toList());
	}

	/**
	 * Add a row.
	 * @param cells its cells, one for each head
	 */
	public void add(List<String> cells) {
		this.rows.add(List.copyOf(cells));
	}

	/**
	 * The heads and the rows, all of the same length.
	 * @return the lines
	 */
	public List<String> lines() {
		int[] widths = IntStream.range(0, this.rows.get(0).size())
			.map((column) -> this.rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0))
			.toArray();
		return this.rows.stream().map((row) -> line(row, widths)).toList();
	}

	private String line(List<String> row, int[] widths) {
		return IntStream.range(0, widths.length).mapToObj((column) -> {
			String padding = " ".repeat(widths[column] - row.get(column).length());
			return (column < TEXTS) ? row.get(column) + padding : padding + row.get(column);
		}).collect(Collectors.joining(this.gap));
	}

}
