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

package io.prefork.sample.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.BrowserPage;
import io.prefork.sample.it.support.CommandResult;
import io.prefork.sample.it.support.PreforkServiceBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Numbers of workers are tried with real load.
 */
@Tag("slow")
class TuneIT {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final Pattern ROW = Pattern.compile("(?m)^workers=(\\d) event-loops=1 +(?:best)? +([\\d.]+) ");

	@TempDir
	private Path directory;

	@Test
	void whenRunIsInterruptedThenTheSameCommandGoesOnAndRecommendsOne() throws IOException, InterruptedException {
		List<String> arguments = List.of("tune", PreforkServiceBuilder.application().toString(), "--url", "/burn?ms=10",
				"--workers", "1,2,4", "--event-loops", "1", "--warmup", "4s", "--step", "2s", "--out",
				this.directory.resolve("out").toString());

		interruptWhenSecondCandidateStarts(arguments);
		CommandResult result = CommandResult.ofPrefork(arguments.toArray(String[]::new));

		assertThat(result.exitCode()).as(result.output()).isZero();
		assertThat(result.output()).startsWith("workers=1 event-loops=1: known from an earlier run")
			.contains("[2/3] workers=2 event-loops=1, about ", "prefork:\n  workers: ", "Charts: ");
		Map<Integer, Double> served = new HashMap<>();
		Matcher row = ROW.matcher(result.output());
		while (row.find()) {
			served.put(Integer.valueOf(row.group(1)), Double.valueOf(row.group(2)));
		}
		assertThat(served).as(result.output()).containsOnlyKeys(1, 2, 4);
		// Which one is best depends on what else this machine does.
		assertThat(served.values()).allMatch((rate) -> rate > 0);
		showsReport();
	}

	@Test
	void whenRequestFailsWithoutLoadThenNothingIsMeasured() {
		CommandResult result = CommandResult.ofPrefork("tune", PreforkServiceBuilder.application().toString(), "--url",
				"/nothing", "--workers", "1", "--out", this.directory.resolve("out").toString());

		assertThat(result.exitCode()).isOne();
		assertThat(result.output()).endsWith("GET /nothing answered 404 Not Found\n");
	}

	private void interruptWhenSecondCandidateStarts(List<String> arguments) throws IOException, InterruptedException {
		Path output = this.directory.resolve("output");
		List<String> line = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-jar",
				CommandResult.launcher().toString()));
		line.addAll(arguments);
		Process tune = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			await().atMost(LIMIT)
				.pollInterval(Duration.ofMillis(200))
				.until(() -> tune.descendants().count() > 2 && Files.readString(output).contains("[2/3] "));
			List<ProcessHandle> started = tune.descendants().toList();
			tune.destroy();
			assertThat(tune.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(tune.exitValue()).isEqualTo(130);
			assertThat(Files.readString(output)).contains("Interrupted. The same command goes on after ");
			await().atMost(LIMIT).until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
		}
		finally {
			tune.descendants().forEach(ProcessHandle::destroyForcibly);
			tune.destroyForcibly();
		}
	}

	private void showsReport() {
		String url = this.directory.resolve("out").resolve("report.html").toUri().toString();
		try (BrowserPage page = BrowserPage.open(url, new NewContextOptions())) {
			PlaywrightAssertions.assertThat(page.page().locator("canvas")).hasCount(3);
			PlaywrightAssertions.assertThat(page.page().locator("#advice pre")).containsText("workers: ");
			PlaywrightAssertions.assertThat(page.page().locator("#table tr.knee")).hasCount(3);
			assertThat(page.complaints()).isEmpty();
			assertThat(page.requests())
				.allMatch((request) -> request.startsWith("file:") || request.startsWith("data:"));
		}
	}

}
