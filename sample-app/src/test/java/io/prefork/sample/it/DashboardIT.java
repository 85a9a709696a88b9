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
import java.util.List;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.prefork.sample.it.support.BrowserPage;
import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.SharedServices;
import io.prefork.sample.it.support.SharedServicesExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operators see and steer the service in a browser.
 */
@ExtendWith(SharedServicesExtension.class)
@Tag("slow")
class DashboardIT {

	private static final double LIMIT_MILLIS = 60_000;

	private final PreforkService service;

	DashboardIT(SharedServices services) {
		this.service = services.operated();
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void whenPageIsOpenThenItShowsTheWorkersAndLoadsNothingFromElsewhere(ColorScheme colours) {
		try (BrowserPage browser = open(new NewContextOptions().setColorScheme(colours))) {
			for (int slot = 0; slot < 2; slot++) {
				shows(browser.page(), slot, "ready", Long.toString(this.service.readyWorker(slot)));
			}
			contains(browser.page().locator("#leader"), "worker ");
			PlaywrightAssertions.assertThat(browser.page().locator("#charts canvas")).hasCount(6);
			PlaywrightAssertions.assertThat(browser.page()).hasTitle("2/2 ready – Prefork");
			String host = URI.create(this.service.url("/")).getAuthority();
			assertThat(browser.requests())
				.allSatisfy((url) -> assertThat(URI.create(url).getAuthority()).isEqualTo(host));
			assertThat(browser.complaints()).isEmpty();
			assertThat(browser.barriers()).isEmpty();
		}
	}

	@Test
	void whenWorkerIsKilledThenThePageShowsItsEndAndTheNextOne() {
		try (BrowserPage browser = open(new NewContextOptions())) {
			long killed = this.service.readyWorker(1);
			shows(browser.page(), 1, "ready", Long.toString(killed));

			PreforkService.signal(killed, "KILL");

			long next = this.service.awaitWorkerReady(1, killed);
			shows(browser.page(), 1, "ready", Long.toString(next), "crash: killed by signal 9 (KILL)");
		}
	}

	@Test
	void whenReloadIsPressedByKeyboardThenThePageShowsHowItEnds() {
		long before = this.service.readyWorker(0);
		try (BrowserPage browser = open(new NewContextOptions())) {
			Page page = browser.page();
			PlaywrightAssertions.assertThat(page.locator("#reload")).isEnabled();
			String focused = "document.activeElement.id";
			for (int i = 0; i < 10 && !"reload".equals(page.evaluate(focused)); i++) {
				page.keyboard().press("Tab");
			}
			assertThat(page.evaluate(focused)).isEqualTo("reload");
			page.keyboard().press("Enter");

			contains(page.getByRole(AriaRole.STATUS), "has begun");
			contains(page.locator("#reload-progress"), "0 of 2 slots serve the new generation");
			contains(page.locator("#reload-progress"), "Succeeded");
			this.service.awaitWorkerReady(0, before);
			shows(page, 0, "ready", Long.toString(this.service.readyWorker(0)));
		}
	}

	@Test
	void whenWorkersAreScaledAndRecycledThenThePageShowsIt() {
		long recycled = this.service.readyWorker(0);
		try (BrowserPage browser = open(new NewContextOptions())) {
			Page page = browser.page();
			page.getByLabel("Workers").first().fill("3");
			page.keyboard().press("Enter");
			shows(page, 2, "ready");

			page.getByLabel("Recycle worker 0").click();
			long next = this.service.awaitWorkerReady(0, recycled);
			shows(page, 0, "ready", Long.toString(next), "recycle: exited with code 0");

			page.getByLabel("Workers").first().fill("2000");
			page.keyboard().press("Enter");
			assertThat(this.service.workers()).isEqualTo(3);
		}
	}

	@Test
	void whenEventLoopWasBlockedThenDetailsHaveTheStack() {
		int from = this.service.lines().size();
		Http.http11().get(this.service.url("/block?ms=1000"));
		this.service.awaitLine(from, "is blocked for");
		try (BrowserPage browser = open(new NewContextOptions())) {
			Page page = browser.page();
			List<String> stacks = List.of(0, 1).stream().map((slot) -> details(page, slot)).toList();

			assertThat(stacks).anySatisfy((text) -> assertThat(text).contains("FaultsController"));
			assertThat(browser.complaints()).isEmpty();
		}
	}

	private static String details(Page page, int slot) {
		page.getByLabel("Details of worker " + slot).click();
		Locator dialog = page.locator("#details[open]");
		contains(dialog, "Worker " + slot);
		String text = dialog.innerText();
		page.keyboard().press("Escape");
		PlaywrightAssertions.assertThat(dialog).hasCount(0);
		return text;
	}

	private static void shows(Page page, int slot, String... texts) {
		for (String text : texts) {
			contains(page.locator("#workers tr[data-slot='%d']".formatted(slot)), text);
		}
	}

	private static void contains(Locator element, String text) {
		PlaywrightAssertions.assertThat(element.first())
			.containsText(text, new ContainsTextOptions().setTimeout(LIMIT_MILLIS));
	}

	private BrowserPage open(NewContextOptions options) {
		return BrowserPage.open(this.service.url("/actuator/prefork"), options);
	}

}
