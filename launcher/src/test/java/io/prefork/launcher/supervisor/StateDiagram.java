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

package io.prefork.launcher.supervisor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Draws the {@link TransitionTable} as a Mermaid state diagram, between two markers in a
 * Markdown page.
 */
final class StateDiagram {

	private static final String BEGIN = "<!-- generated from TransitionTable: do not edit -->\n";

	private static final String END = "<!-- end of the generated part -->\n";

	private StateDiagram() {
	}

	static String insertInto(String page) {
		int begin = page.indexOf(BEGIN);
		int end = page.indexOf(END);
		if (begin < 0 || end < begin) {
			throw new IllegalArgumentException("The page has no markers:\n" + BEGIN + END);
		}
		return page.substring(0, begin + BEGIN.length()) + draw() + page.substring(end);
	}

	private static String draw() {
		Map<String, StringJoiner> triggers = new LinkedHashMap<>();
		for (Transition row : TransitionTable.rows()) {
			String arrow = "\t%s --> %s: ".formatted(row.from(), row.to());
			triggers.computeIfAbsent(arrow + "%s" + action(row), (key) -> new StringJoiner(", "))
				.add(lower(row.trigger()));
		}
		StringBuilder diagram = new StringBuilder("```mermaid\nstateDiagram-v2\n\t[*] --> STARTING\n");
		triggers.forEach((arrow, names) -> diagram.append(arrow.formatted(names)).append('\n'));
		return diagram.append("\tGONE --> [*]\n```\n").toString();
	}

	private static String action(Transition row) {
		return (row.action() != Transition.Action.NONE) ? " / " + lower(row.action()) : "";
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

}
