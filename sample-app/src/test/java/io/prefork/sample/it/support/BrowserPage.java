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

package io.prefork.sample.it.support;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;

/**
 * A page in headless Chromium, which remembers what the browser complained about.
 */
public final class BrowserPage implements AutoCloseable {

	private static final List<String> SWITCHES = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

	private final List<String> complaints = new CopyOnWriteArrayList<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final Playwright playwright;

	private final Page page;

	private BrowserPage(Playwright playwright, Page page) {
		this.playwright = playwright;
		this.page = page;
		page.onPageError(this.complaints::add);
		page.onConsoleMessage((message) -> {
			if (List.of("error", "warning").contains(message.type())) {
				this.complaints.add(message.text());
			}
		});
		page.onRequest((request) -> this.requests.add(request.url()));
	}

	/**
	 * Open a page. Skips the test where there is no browser.
	 * @param url its address
	 * @param options of the browser
	 * @return the page
	 */
	public static BrowserPage open(String url, NewContextOptions options) {
		Path chromium = Programs.installed("chromium");
		Map<String, String> environment = new HashMap<>(System.getenv());
		environment.put("PLAYWRIGHT_NODEJS_PATH", Programs.installed("node").toString());
		environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
		Playwright playwright = Playwright.create(new CreateOptions().setEnv(environment));
		try {
			BrowserContext context = playwright.chromium()
				.launch(new LaunchOptions().setExecutablePath(chromium).setArgs(SWITCHES))
				.newContext(options);
			context.setDefaultTimeout(60_000);
			BrowserPage page = new BrowserPage(playwright, context.newPage());
			page.page.navigate(url);
			return page;
		}
		catch (RuntimeException ex) {
			playwright.close();
			throw ex;
		}
	}

	/**
	 * The page, of which all must be done on the thread that has opened it.
	 * @return the page
	 */
	public Page page() {
		return this.page;
	}

	/**
	 * What went wrong, including what the page's security policy did not allow.
	 * @return the complaints
	 */
	public List<String> complaints() {
		return List.copyOf(this.complaints);
	}

	/**
	 * What was asked for.
	 * @return the addresses
	 */
	public List<String> requests() {
		return List.copyOf(this.requests);
	}

	/**
	 * What makes the page hard to use, see
	 * <a href="https://github.com/dequelabs/axe-core">axe-core</a>.
	 * @return the rules that are broken, and where
	 */
	public List<String> barriers() {
		return new AxeBuilder(this.page).analyze()
			.getViolations()
			.stream()
			.map((rule) -> "%s: %s".formatted(rule.getId(),
					rule.getNodes().stream().map((node) -> node.getTarget().toString()).toList()))
			.toList();
	}

	@Override
	public void close() {
		this.playwright.close();
	}

}
