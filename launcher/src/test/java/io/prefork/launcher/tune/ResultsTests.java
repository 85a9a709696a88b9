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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.load.LoadRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Results}, what they say, and what is kept of them.
 */
class ResultsTests {

	private static final Subject SUBJECT = new Subject("shop.jar", 17, Instant.parse("2026-11-27T12:00:00Z"),
			List.of("java", "-jar", "shop.jar"), "17", 2, 1L << 34);

	private static final Duration LIMIT = Duration.ofMillis(50);

	@TempDir
	private Path directory;

	@Test
	void whenMoreWorkersServeLittleMoreThenFewerAreChosen() {
		Results results = results(new Goal(LIMIT, null), trial(1, 500), trial(2, 960), trial(4, 1000));

		assertThat(Recommendation.of(results)).hasValueSatisfying((recommendation) -> {
			assertThat(recommendation.best().workers()).isEqualTo(2);
			assertThat(recommendation.knee().served()).isEqualTo(960);
			assertThat(recommendation.reserved()).isFalse();
		});
		assertThat(TuneText.table(results).get(2)).contains("workers=2", "best", "960", "10ms", "300M");
		assertThat(TuneText.chart(results)).element(0).asString().contains("█".repeat(20) + " 500/s");
		assertThat(TuneText.advice(results)).contains("prefork:", "  workers: 2");
	}

	@Test
	void whenMemoryIsTooLittleThenTheCandidateMissesTheGoal() {
		Results results = results(new Goal(LIMIT, 200L << 20), trial(1, 500));

		assertThat(Recommendation.of(results)).isEmpty();
		assertThat(TuneText.table(results).get(1)).contains("misses the goal");
		assertThat(TuneText.advice(results)).containsExactly("No candidate achieves the goal.");
	}

	@Test
	void whenCandidateDoesNotStartThenTheOthersCount() {
		Results results = results(new Goal(null, null), trial(1, 500), failed("out of memory"));

		assertThat(Recommendation.of(results).orElseThrow().best().workers()).isOne();
		assertThat(TuneText.table(results).get(2)).contains("failed");
	}

	@Test
	void whenResultsAreKeptThenTheyAreReadAgain() throws IOException, TuneException {
		Results results = results(new Goal(LIMIT, 1L << 30), trial(1, 500), failed("</script><b>"));
		ResultsFile file = new ResultsFile(this.directory.resolve("new"));

		file.write(results);

		assertThat(file.read(SUBJECT, results.plan())).isEqualTo(results);
		assertThat(Files.readString(file.report())).contains("workers=1", "uPlot", "\\u003c/script>")
			.doesNotContain("</script><b>", "/*style*/", "/*library*/", "/*script*/", "/*data*/");
	}

	@Test
	void whenResultsAreOfAnotherLoadThenTheyAreNotMixed() throws IOException, TuneException {
		Results results = results(new Goal(LIMIT, null), trial(1, 500));
		ResultsFile file = new ResultsFile(this.directory);
		file.write(results);
		Plan other = new Plan(List.of(LoadRequest.get("/other")), 1, LIMIT, LIMIT, new Goal(null, null));

		assertThatExceptionOfType(TuneException.class).isThrownBy(() -> file.read(SUBJECT, other))
			.withMessageContaining("say another directory with --out");
	}

	@Test
	void whenFileOfResultsIsCutThenThatIsSaid() throws IOException {
		Files.writeString(this.directory.resolve("results.json"), "{\"subject\": {");
		Plan plan = new Plan(List.of(), 1, LIMIT, LIMIT, new Goal(null, null));

		assertThatExceptionOfType(TuneException.class)
			.isThrownBy(() -> new ResultsFile(this.directory).read(SUBJECT, plan))
			.withMessageContaining("is not a file of results");
	}

	private static Results results(Goal goal, TrialResult... trials) {
		return new Results(SUBJECT, new Plan(List.of(LoadRequest.get("/")), 1, LIMIT, LIMIT, goal), List.of(trials));
	}

	private static TrialResult trial(int workers, double rate) {
		return new TrialResult(new Candidate(workers, Map.of()), Duration.ofSeconds(5),
				List.of(Measurements.good(rate, 10), Measurements.queue(2 * rate)), null);
	}

	private static TrialResult failed(String failure) {
		return new TrialResult(new Candidate(8, Map.of()), Duration.ZERO, List.of(), failure);
	}

}
