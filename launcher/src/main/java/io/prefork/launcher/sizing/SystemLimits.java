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

package io.prefork.launcher.sizing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Limits of the operating system that a server runs into.
 */
public final class SystemLimits {

	/**
	 * How many files a server should be able to open at least.
	 */
	public static final long RECOMMENDED_FILES = 4096;

	private static final String OPEN_FILES = "Max open files";

	private SystemLimits() {
	}

	/**
	 * How many files this process and those it starts may have open each; the JVM has
	 * raised the limit to the hard one. See getrlimit(2).
	 * @return the limit, or nothing if there is none or it can't be read
	 */
	public static OptionalLong openFiles() {
		try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
			return limits.filter((line) -> line.startsWith(OPEN_FILES))
				.map((line) -> line.substring(OPEN_FILES.length()).strip().split(" ", 2)[0])
				.filter((limit) -> !limit.equals("unlimited"))
				.mapToLong(Long::parseLong)
				.findFirst();
		}
		catch (IOException ex) {
			return OptionalLong.empty();
		}
	}

	/**
	 * The longest accept queue that the system allows. See listen(2).
	 * @return the limit, or nothing if it can't be read
	 */
	public static OptionalLong acceptQueue() {
		return number(Path.of("/proc/sys/net/core/somaxconn"));
	}

	/**
	 * Whether connections in the accept queue of a socket that is closed go to another
	 * one with SO_REUSEPORT: tcp_migrate_req in the kernel's
	 * Documentation/networking/ip-sysctl.rst.
	 * @return 1 if so, 0 if not, or nothing if the kernel can't
	 */
	public static OptionalLong acceptQueueMigration() {
		return number(Path.of("/proc/sys/net/ipv4/tcp_migrate_req"));
	}

	private static OptionalLong number(Path file) {
		// Read in one go: a second read of a number below /proc/sys finds the end.
		try (BufferedReader limit = Files.newBufferedReader(file)) {
			return OptionalLong.of(Long.parseLong(limit.readLine()));
		}
		catch (IOException ex) {
			return OptionalLong.empty();
		}
	}

}
