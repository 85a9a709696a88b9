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

import java.util.List;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMapper;

/**
 * Where the endpoints are that belong to the operator page, from where the page is: so it
 * works behind any base path, and with paths of the user's own
 * ({@code management.endpoints.web.path-mapping}).
 */
public final class EndpointPaths {

	private static final String WORKERS = "workers";

	private static final String RELOAD = "reload";

	private final List<PathMapper> mappers;

	/**
	 * Create paths.
	 * @param mappers know the paths of endpoints
	 */
	public EndpointPaths(List<PathMapper> mappers) {
		this.mappers = List.copyOf(mappers);
	}

	/**
	 * Fill the paths in where a page has the name of an endpoint in braces.
	 * @param page the page
	 * @return the page with the paths
	 */
	String fillIn(String page) {
		String own = path(DashboardEndpoint.ID);
		int end = own.lastIndexOf('/');
		String up = "../".repeat((int) own.chars().filter((character) -> character == '/').count());
		return page.replace("{self}", own.substring(end + 1))
			.replace("{workers}", up + path(WORKERS))
			.replace("{reload}", up + path(RELOAD));
	}

	private String path(String endpoint) {
		return PathMapper.getRootPath(this.mappers, EndpointId.of(endpoint));
	}

}
