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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/**
 * Serves the operator page, which shows and steers the service by way of the endpoints
 * {@code workers} and {@code reload}: it can do no more than they let anybody do.
 */
@WebEndpoint(id = DashboardEndpoint.ID, defaultAccess = Access.READ_ONLY)
public class DashboardEndpoint {

	/**
	 * The id of the endpoint.
	 */
	public static final String ID = "prefork";

	private static final String PAGE = "index.html";

	private static final Set<String> FILES = Set.of("app.js", "charts.js", "figures.js", "format.js", "service.js",
			"view.js", "style.css", "icon.svg", "lib/lit-html/lit-html.js", "lib/uplot/uPlot.iife.min.js",
			"lib/uplot/uPlot.min.css");

	private final EndpointPaths paths;

	/**
	 * Create an endpoint.
	 * @param paths where it is, and the endpoints that the page uses
	 */
	public DashboardEndpoint(EndpointPaths paths) {
		this.paths = paths;
	}

	/**
	 * Serve the page.
	 * @return its HTML
	 */
	@ReadOperation(produces = "text/html;charset=UTF-8")
	public String page() {
		return this.paths.fillIn(new String(read(PAGE), StandardCharsets.UTF_8));
	}

	/**
	 * Serve a file of the page. It has no time of change, by which browsers would keep it
	 * beyond the next release.
	 * @param path its path below the page
	 * @return the file; 404 if it is not one of the page's
	 */
	@ReadOperation
	public WebEndpointResponse<byte[]> file(@Selector(match = Selector.Match.ALL_REMAINING) String... path) {
		String name = String.join("/", path);
		if (!FILES.contains(name)) {
			return new WebEndpointResponse<>(HttpStatus.NOT_FOUND.value());
		}
		return new WebEndpointResponse<>(read(name),
				MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM));
	}

	private static byte[] read(String name) {
		try {
			return new ClassPathResource(name, DashboardEndpoint.class).getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new IllegalStateException("A file of the operator page is not in the jar: " + name, ex);
		}
	}

}
