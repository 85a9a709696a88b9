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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of requests, in the form that HTTP clients of editors read: a line with method
 * and path, headers, an empty line and the content; {@code ###} begins the next request,
 * and lines before the first one that begin with {@code #} or {@code //} are comments.
 */
public final class RequestFile {

	private static final String SEPARATOR = "###";

	private static final Pattern START = Pattern.compile("(?:([A-Z]+)\\s+)?(\\S+)(?:\\s+HTTP/\\S+)?");

	private RequestFile() {
	}

	/**
	 * Read a file.
	 * @param file the file
	 * @return its requests, one at least
	 * @throws IOException if it can't be read
	 * @throws IllegalArgumentException if it holds something else; the message says what
	 */
	public static List<LoadRequest> read(Path file) throws IOException {
		List<LoadRequest> requests = new ArrayList<>();
		List<String> lines = new ArrayList<>();
		for (String line : Files.readAllLines(file)) {
			if (line.startsWith(SEPARATOR)) {
				add(lines, requests);
				lines.clear();
			}
			else {
				lines.add(line);
			}
		}
		add(lines, requests);
		if (requests.isEmpty()) {
			throw new IllegalArgumentException("there is no request in %s".formatted(file));
		}
		return requests;
	}

	private static void add(List<String> lines, List<LoadRequest> requests) {
		int first = 0;
		while (first < lines.size() && isComment(lines.get(first))) {
			first++;
		}
		if (first < lines.size()) {
			requests.add(parse(lines.subList(first, lines.size())));
		}
	}

	private static boolean isComment(String line) {
		return line.isBlank() || line.startsWith("#") || line.startsWith("//");
	}

	private static LoadRequest parse(List<String> lines) {
		Matcher start = START.matcher(lines.get(0).strip());
		if (!start.matches()) {
			throw new IllegalArgumentException(
					"'%s' is not the first line of a request, such as GET /path".formatted(lines.get(0)));
		}
		Map<String, String> headers = new LinkedHashMap<>();
		int line = 1;
		while (line < lines.size() && !lines.get(line).isBlank()) {
			int colon = lines.get(line).indexOf(':');
			if (colon < 1) {
				throw new IllegalArgumentException(
						"'%s' is not a header, such as Accept: text/plain".formatted(lines.get(line)));
			}
			headers.put(lines.get(line).substring(0, colon).strip(), lines.get(line).substring(colon + 1).strip());
			line++;
		}
		String body = (line < lines.size()) ? String.join("\n", lines.subList(line + 1, lines.size())).strip() : "";
		String method = start.group(1);
		return new LoadRequest((method != null) ? method : "GET", start.group(2), headers, body);
	}

}
