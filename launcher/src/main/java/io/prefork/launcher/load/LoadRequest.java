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

package io.prefork.launcher.load;

import java.util.Map;

/**
 * A request of which a load consists.
 *
 * @param method the method, see RFC 9110
 * @param path the path and the query
 * @param headers the headers beside {@code Host} and {@code Content-Length}
 * @param body the content as text, which is sent in UTF-8; may be empty
 */
public record LoadRequest(String method, String path, Map<String, String> headers, String body) {

	public LoadRequest {
		if (!path.startsWith("/")) {
			throw new IllegalArgumentException(
					"'%s' is not a path; the load goes to the application that is started for it, so say /path only"
						.formatted(path));
		}
		headers = Map.copyOf(headers);
	}

	/**
	 * Read a path.
	 * @param path the path and the query
	 * @return a GET
	 * @throws IllegalArgumentException if it does not begin with a slash
	 */
	public static LoadRequest get(String path) {
		return new LoadRequest("GET", path, Map.of(), "");
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
