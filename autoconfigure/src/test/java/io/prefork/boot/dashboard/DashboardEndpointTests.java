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

package io.prefork.boot.dashboard;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DashboardEndpoint}.
 */
class DashboardEndpointTests {

	private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]+)\"|from '([^']+)'");

	private final DashboardEndpoint endpoint = new DashboardEndpoint(new EndpointPaths(List.of()));

	@Test
	void whenPageIsLoadedThenEverythingThatItNeedsIsThere() {
		Set<String> loaded = new HashSet<>();

		load(URI.create("prefork"), this.endpoint.page(), loaded);

		assertThat(loaded).contains("app.js", "view.js", "style.css", "icon.svg", "lib/uplot/uPlot.iife.min.js",
				"lib/lit-html/lit-html.js");
	}

	@Test
	void whenPathsAreTheUsersOwnThenThePageKnowsThem() {
		Map<String, String> own = Map.of("prefork", "ui/page", "workers", "processes");
		List<PathMapper> mappers = List.of((id) -> own.get(id.toString()));

		String page = new DashboardEndpoint(new EndpointPaths(mappers)).page();

		assertThat(page).contains("data-workers=\"../processes\"", "data-reload=\"../reload\"", "src=\"page/app.js\"");
	}

	@Test
	void whenFileIsServedThenItsTypeIsKnown() {
		assertThat(this.endpoint.file("app.js").getContentType()).isEqualTo(new MediaType("text", "javascript"));
		assertThat(this.endpoint.file("style.css").getContentType()).isEqualTo(new MediaType("text", "css"));
		assertThat(this.endpoint.file("icon.svg").getContentType()).isEqualTo(new MediaType("image", "svg+xml"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "index.html", "DashboardEndpoint.class", "../package-info.class", "", "lib" })
	void whenFileIsNotThePagesThenThereIsNone(String path) {
		assertThat(this.endpoint.file(path.split("/", -1)).getStatus()).isEqualTo(404);
	}

	private void load(URI address, String text, Set<String> loaded) {
		references(text).map(address::resolve).map(URI::toString).forEach((reference) -> {
			String path = reference.substring("prefork/".length());
			if (loaded.add(path)) {
				WebEndpointResponse<byte[]> file = this.endpoint.file(path.split("/", -1));
				assertThat(file.getStatus()).as(path).isEqualTo(200);
				load(URI.create(reference), new String(file.getBody(), StandardCharsets.UTF_8), loaded);
			}
		});
	}

	private static Stream<String> references(String text) {
		return REFERENCE.matcher(text)
			.results()
			.map((MatchResult match) -> (match.group(1) != null) ? match.group(1) : match.group(2));
	}

}
