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

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;

import io.prefork.sample.it.support.BrowserPage;
import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.testapp.secured.SecuredApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With Spring Security in front, the endpoints and the page do what its rules allow.
 */
@Tag("slow")
class SecurityIT {

	static final String EXCLUDED = Stream
		.of(QuartzAutoConfiguration.class, R2dbcAutoConfiguration.class, ThymeleafAutoConfiguration.class)
		.map(Class::getName)
		.collect(Collectors.joining(",", "--spring.autoconfigure.exclude=", ""));

	private static final double LIMIT_MILLIS = 60_000;

	@Test
	void whenRulesAreThoseForProgramsThenCredentialsAreAllThatIsNeeded() {
		try (PreforkService service = start("programs")) {
			assertThat(Http.http11().get(service.url("/actuator/health")).status()).isEqualTo(200);
			assertThat(request(service, "GET", "/actuator/workers", null)).isEqualTo(401);
			assertThat(request(service, "POST", "/actuator/reload", null)).isEqualTo(401);
			assertThat(request(service, "GET", "/actuator/workers", "operator")).isEqualTo(200);
			assertThat(request(service, "POST", "/actuator/reload", "operator")).isEqualTo(202);
			service.awaitLine("reload gen=2 succeeded");
		}
	}

	@Test
	void whenRulesAreThoseForThePageThenOperatorsMayReloadAndGuestsOnlyLook() {
		try (PreforkService service = start("page")) {
			// No token, as from a page of somebody else's.
			assertThat(request(service, "POST", "/actuator/reload", "operator")).isEqualTo(403);
			try (BrowserPage browser = open(service, "guest")) {
				Page page = browser.page();
				page.locator("#reload").click();
				contains(page, "security rules of the application refuse it");
				assertThat(service.output()).doesNotContain("reload gen=2");
			}
			try (BrowserPage browser = open(service, "operator")) {
				Page page = browser.page();
				page.locator("#reload").click();
				contains(page, "The reload to generation 2 has begun");
				service.awaitLine("reload gen=2 succeeded");
			}
		}
	}

	private static void contains(Page page, String text) {
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.STATUS))
			.containsText(Pattern.compile(text), new ContainsTextOptions().setTimeout(LIMIT_MILLIS));
	}

	private static BrowserPage open(PreforkService service, String user) {
		return BrowserPage.open(service.url("/actuator/prefork"),
				new NewContextOptions().setHttpCredentials(user, "secret"));
	}

	private static int request(PreforkService service, String method, String path, @Nullable String user) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url(path)))
			.method(method, BodyPublishers.noBody());
		if (user != null) {
			request.header("Authorization", Http.basic(user, "secret"));
		}
		return Http.http11().send(request.build()).status();
	}

	private static PreforkService start(String rules) {
		return PreforkService.builder()
			.testApplication(SecuredApplication.class)
			.args("--rules=" + rules, EXCLUDED, "--spring.grpc.server.enabled=false", "--prefork.enabled=true",
					"--prefork.workers=1", "--prefork.reload.canary=0", "--prefork.graceful-timeout=5s",
					"--prefork.dashboard.enabled=true",
					"--management.endpoints.web.exposure.include=health,prefork,workers,reload",
					"--management.endpoint.workers.access=unrestricted",
					"--management.endpoint.reload.access=unrestricted")
			.start()
			.awaitReady();
	}

}
