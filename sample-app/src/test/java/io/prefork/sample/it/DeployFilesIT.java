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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.sample.it.support.CommandResult;
import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.Programs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of {@code docs/deploy} that only another program can judge are taken by that
 * program, and what they name is there.
 */
@Tag("slow")
class DeployFilesIT {

	private static final Path DEPLOY = Path.of("..", "docs", "deploy");

	private static final Pattern METRIC = Pattern.compile("prefork_\\w+");

	@Test
	void whenRulesAreTestedThenAlertsFireAsTheTestsSay() {
		String promtool = Programs.installed("promtool").toString();

		verify(promtool, "test", "rules", prometheus("prefork-alerts-test.yml"));
		verify(promtool, "check", "config", prometheus("prometheus.yml"));
	}

	@Test
	void whenAServiceIsScrapedThenItHasWhatRulesAskFor() throws IOException {
		String rules = Files.readString(Path.of(prometheus("prefork-alerts.yml")));
		try (PreforkService service = PreforkService.builder()
			.args("--prefork.workers=2", "--prefork.reload.canary=0", "--prefork.graceful-timeout=2s")
			.start()
			.awaitReady()) {
			long killed = service.readyWorker(1);
			PreforkService.signal(killed, "KILL");
			service.awaitWorkerReady(1, killed);

			String scrape = Http.http11().get(service.url("/actuator/prometheus")).body();

			assertThat(METRIC.matcher(rules).results().map(MatchResult::group).distinct()).hasSizeGreaterThan(5)
				.allSatisfy((metric) -> assertThat(scrape).contains("\n" + metric));
			assertThat(scrape).contains("reason=\"crash\"", "state=\"ready\"", "outcome=\"rolled-back\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "app.service", "app.socket", "app@.service" })
	void whenSystemdReadsAUnitThenItKnowsEachLine(String unit) {
		verify(Programs.installed("systemd-analyze").toString(), "verify",
				DEPLOY.resolve("systemd/" + unit).toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "app.service", "app.socket" })
	void whenAUnitIsExplainedThenTheDocumentationHasItsLines(String unit) throws IOException {
		assertThat(Files.readString(DEPLOY.resolveSibling("systemd.md")))
			.contains(Files.readString(DEPLOY.resolve("systemd/" + unit)));
	}

	private static void verify(String... command) {
		CommandResult result = CommandResult.of(command);
		assertThat(result.exitCode()).as(result.output()).isZero();
	}

	private static String prometheus(String file) {
		return DEPLOY.resolve("prometheus").resolve(file).toString();
	}

}
