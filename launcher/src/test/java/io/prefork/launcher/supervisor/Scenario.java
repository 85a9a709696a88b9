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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A golden transcript: a line {@code settings name=value ...}, see {@link SettingsText},
 * then events as <code>&lt;time&gt; &lt;event&gt;</code>, each followed by the decisions
 * it leads to as {@code > decision} and, where it changed, by the next deadline. Comments
 * start with #.
 */
final class Scenario {

	private static final Path DIRECTORY = Path.of("src/test/resources/scenarios");

	private final Set<Transition> visited = new LinkedHashSet<>();

	private final List<String> transcript = new ArrayList<>();

	private String settings = "";

	private SupervisorState state = SupervisorState.initial(SettingsText.parse(1));

	private @Nullable Duration deadline;

	private Scenario() {
	}

	static List<Path> files() {
		try (Stream<Path> files = Files.list(DIRECTORY)) {
			return files.filter((file) -> file.toString().endsWith(".txt")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Scenario run(Path file) throws IOException {
		Scenario scenario = new Scenario();
		Files.readAllLines(file).stream().filter((line) -> !line.startsWith(">")).forEach(scenario::line);
		return scenario;
	}

	/**
	 * The scenario with what the supervisor decides now.
	 * @return the whole text of the file as it should be
	 */
	String transcript() {
		return String.join("\n", this.transcript) + "\n";
	}

	Set<Transition> visited() {
		return this.visited;
	}

	private void line(String line) {
		this.transcript.add(line);
		if (line.startsWith("settings")) {
			this.settings = line.substring("settings".length());
			this.state = SupervisorState.initial(SettingsText.parse(1, this.settings));
		}
		else if (!line.isBlank() && !line.startsWith("#")) {
			int blank = line.indexOf(' ');
			step(EventText.parse(line.substring(blank + 1), this.settings), Times.parse(line.substring(0, blank)));
		}
	}

	private void step(Event event, Duration now) {
		Step step = Supervisor.step(this.state, event, now);
		this.visited.addAll(Visits.of(this.state, event, now, step.state()));
		DecisionText.of(step.decisions()).forEach((decision) -> this.transcript.add("> " + decision));
		if (step.decisions().isEmpty()) {
			this.transcript.add("> nothing");
		}
		if (!Times.format(this.deadline).equals(Times.format(step.deadline()))) {
			this.transcript.add(">> next deadline " + Times.format(step.deadline()));
		}
		this.state = step.state();
		this.deadline = step.deadline();
	}

}
