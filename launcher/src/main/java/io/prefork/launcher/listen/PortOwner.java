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

package io.prefork.launcher.listen;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the process that listens on a port, as far as this user may look. See proc(5).
 */
final class PortOwner {

	private static final Path PROC = Path.of("/proc");

	private static final Pattern COLUMN_SEPARATOR = Pattern.compile("\\s+");

	private static final String LISTEN = "0A";

	private static final int LOCAL_ADDRESS = 1;

	private static final int STATE = 3;

	private static final int INODE = 9;

	private PortOwner() {
	}

	/**
	 * Describe who listens on a port.
	 * @param port the port
	 * @return the process ids and names, or "another process"
	 * @throws IOException if the tables can't be read
	 */
	static String of(int port) throws IOException {
		Set<String> sockets = new HashSet<>();
		for (String table : List.of("net/tcp", "net/tcp6")) {
			if (Files.isReadable(PROC.resolve(table))) {
				Files.readAllLines(PROC.resolve(table)).forEach((line) -> collect(line.strip(), port, sockets));
			}
		}
		List<String> owners = owners(sockets);
		return owners.isEmpty() ? "another process" : String.join(", ", owners);
	}

	private static void collect(String line, int port, Set<String> sockets) {
		List<String> columns = List.of(COLUMN_SEPARATOR.split(line));
		String suffix = String.format(Locale.ROOT, ":%04X", port);
		if (columns.size() > INODE && columns.get(STATE).equals(LISTEN)
				&& columns.get(LOCAL_ADDRESS).endsWith(suffix)) {
			sockets.add("socket:[" + columns.get(INODE) + "]");
		}
	}

	private static List<String> owners(Set<String> sockets) throws IOException {
		List<String> owners = new ArrayList<>();
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
			for (Path process : processes) {
				if (holds(process, sockets)) {
					owners.add("pid %s (%s)".formatted(process.getFileName(),
							Files.readString(process.resolve("comm")).strip()));
				}
			}
		}
		return owners;
	}

	private static boolean holds(Path process, Set<String> sockets) {
		try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
			for (Path descriptor : descriptors) {
				if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
					return true;
				}
			}
			return false;
		}
		catch (IOException | DirectoryIteratorException ex) {
			// Another user's process, or one that is gone.
			return false;
		}
	}

}
