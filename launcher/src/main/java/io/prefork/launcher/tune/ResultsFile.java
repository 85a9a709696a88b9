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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.report.Json;

/**
 * Keeps results from one run to the next, so that one that was interrupted goes on where
 * it was.
 */
final class ResultsFile {

	private static final String RESULTS = "results.json";

	private static final String REPORT = "report.html";

	private final Path directory;

	ResultsFile(Path directory) {
		this.directory = directory;
	}

	/**
	 * Read what an earlier run has found out.
	 * @param subject what is measured
	 * @param plan how
	 * @return the results, without trials if there was no earlier run
	 * @throws TuneException if that one was about something else
	 * @throws IOException if it can't be read
	 */
	Results read(Subject subject, Plan plan) throws TuneException, IOException {
		Results none = new Results(subject, plan, List.of());
		Path file = this.directory.resolve(RESULTS);
		if (!Files.exists(file)) {
			return none;
		}
		Results results = parse(file);
		if (results == null || !results.subject().equals(subject) || !results.plan().equals(plan)) {
			throw new TuneException(("%s has results of another jar, machine, load or goal; say another directory "
					+ "with --out, or remove it")
				.formatted(file));
		}
		return results;
	}

	/**
	 * Write results, for the next run and for people.
	 * @param results the results
	 * @throws IOException if they can't be written
	 */
	void write(Results results) throws IOException {
		Files.createDirectories(this.directory);
		replace(this.directory.resolve(RESULTS), Json.of(results));
		replace(report(), HtmlReport.of(results));
	}

	/**
	 * The file for people.
	 * @return the file
	 */
	Path report() {
		return this.directory.resolve(REPORT);
	}

	private static @Nullable Results parse(Path file) throws IOException, TuneException {
		try {
			return Json.read(Files.readString(file), Results.class);
		}
		catch (IllegalArgumentException ex) {
			throw new TuneException("%s is not a file of results: %s".formatted(file, ex.getMessage()));
		}
	}

	private static void replace(Path file, String text) throws IOException {
		Path written = file.resolveSibling(file.getFileName() + ".new");
		Files.writeString(written, text);
		Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

}
