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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import de.codecentric.boot.admin.client.config.SpringBootAdminClientAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;

import io.prefork.sample.it.support.BrowserPage;
import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.Jars;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.Sockets;
import io.prefork.testapp.admin.AdminServerApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Spring Boot Admin shows the service as one instance, and its workers in a view.
 */
@Tag("slow")
class BootAdminIT {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final List<Path> CLIENT = Stream
		.of(SpringBootAdminClientAutoConfiguration.class, RestClientAutoConfiguration.class,
				HttpClientAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class)
		.map(Jars::of)
		.toList();

	private static final String EXCLUDED = Stream
		.of(QuartzAutoConfiguration.class, R2dbcAutoConfiguration.class,
				ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class,
				ReactiveWebSecurityAutoConfiguration.class)
		.map(Class::getName)
		.collect(Collectors.joining(",", "--spring.autoconfigure.exclude=", ""));

	private static final Path VIEW = Path.of("..", "docs", "spring-boot-admin").toAbsolutePath().normalize();

	@Test
	void whenWorkersRegisterThenTheyAreOneInstanceThatDoesNotChange() throws IOException {
		int port = Sockets.freePort();
		String server = "http://127.0.0.1:" + port;
		try (PreforkService admin = PreforkService.builder()
			.testApplication(AdminServerApplication.class)
			.args("--prefork.enabled=false", "--server.port=" + port, "--spring.grpc.server.enabled=false", EXCLUDED,
					"--spring.boot.admin.ui.extension-resource-locations=file:" + VIEW + "/")
			.start()) {
			admin.awaitLine("Started AdminServerApplication");
			try (PreforkService service = PreforkService.builder()
				.libraries(CLIENT)
				.args("--prefork.workers=2", "--spring.boot.admin.client.url=" + server,
						"--spring.boot.admin.client.period=1s",
						"--logging.level.de.codecentric.boot.admin.client=debug")
				.start()
				.awaitReady()) {
				await().atMost(LIMIT).until(() -> events(server).contains("ENDPOINTS_DETECTED"));
				for (int slot = 0; slot < 2; slot++) {
					service.awaitLine(0, "worker=%d.*refreshed itself".formatted(slot));
				}

				assertThat(events(server)).containsOnlyOnce("REGISTERED").doesNotContain("REGISTRATION_UPDATED");
				showWorkers(server, service);
			}
		}
	}

	private static void showWorkers(String server, PreforkService service) {
		String id = JsonPath.<List<String>>read(json(server + "/instances"), "$[*].id").get(0);
		try (BrowserPage browser = BrowserPage.open("%s/instances/%s/prefork".formatted(server, id),
				new NewContextOptions())) {
			for (int slot = 0; slot < 2; slot++) {
				PlaywrightAssertions.assertThat(browser.page().locator("#prefork-workers tbody tr").nth(slot))
					.containsText(Long.toString(service.readyWorker(slot)));
			}
			PlaywrightAssertions.assertThat(browser.page().getByText("Operator page")).isVisible();
		}
	}

	private static List<String> events(String server) {
		return JsonPath.read(json(server + "/instances/events"), "$[*].type");
	}

	private static String json(String url) {
		return Http.http11().get(url, "application/json").body();
	}

}
