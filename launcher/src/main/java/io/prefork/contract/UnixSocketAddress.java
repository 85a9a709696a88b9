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

package io.prefork.contract;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

/**
 * Where a Unix domain socket is to listen, see unix(7). As text it is
 * {@code unix:/run/app.sock?mode=0660&owner=app&group=www-data}, all after the question
 * mark left out where it does not matter.
 *
 * @param path the file that stands for the socket, absolute
 * @param mode its permission bits; {@code null} for what the process's umask leaves
 * @param owner the user to whom it belongs; {@code null} for the process's
 * @param group the group to which it belongs; {@code null} for the process's
 */
public record UnixSocketAddress(Path path, @Nullable Integer mode, @Nullable String owner, @Nullable String group) {

	/**
	 * What the text of every such address begins with.
	 */
	public static final String PREFIX = "unix:";

	/**
	 * The longest path in bytes: {@code sun_path} less the final zero.
	 */
	public static final int MAX_PATH = 107;

	private static final int OCTAL = 8;

	/**
	 * Read an address.
	 * @param text the text
	 * @return the address
	 * @throws IllegalArgumentException if it is none; the message says what it must be
	 */
	public static UnixSocketAddress parse(String text) {
		String[] parts = text.substring(PREFIX.length()).split("\\?", 2);
		Path path = Path.of(parts[0]).toAbsolutePath().normalize();
		if (!text.startsWith(PREFIX) || parts[0].isEmpty() || path.getFileName() == null) {
			throw new IllegalArgumentException("must name a file, for instance unix:/run/app.sock");
		}
		if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
			throw new IllegalArgumentException("must have a path of at most %d bytes".formatted(MAX_PATH));
		}
		Map<String, String> options = (parts.length > 1) ? options(parts[1]) : new HashMap<>();
		String mode = options.remove("mode");
		String owner = options.remove("owner");
		String group = options.remove("group");
		if (!options.isEmpty()) {
			throw new IllegalArgumentException("may say mode, owner and group, but not " + options.keySet());
		}
		return new UnixSocketAddress(path, (mode != null) ? mode(mode) : null, owner, group);
	}

	@Override
	public String toString() {
		StringJoiner options = new StringJoiner("&", "?", "").setEmptyValue("");
		if (this.mode != null) {
			options.add("mode=%04o".formatted(this.mode));
		}
		if (this.owner != null) {
			options.add("owner=" + this.owner);
		}
		if (this.group != null) {
			options.add("group=" + this.group);
		}
		return PREFIX + this.path + options;
	}

	private static Map<String, String> options(String text) {
		Map<String, String> options = new HashMap<>();
		for (String option : text.split("&", -1)) {
			String[] pair = option.split("=", 2);
			if (pair.length < 2 || pair[1].isEmpty() || options.put(pair[0], pair[1]) != null) {
				throw new IllegalArgumentException(
						"must have options like mode=0660&owner=app&group=www-data after the question mark");
			}
		}
		return options;
	}

	private static int mode(String text) {
		if (!text.matches("0?[0-7]{3}")) {
			throw new IllegalArgumentException("must have a mode of octal digits, for instance mode=0660");
		}
		return Integer.parseInt(text, OCTAL);
	}

}
