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

package io.prefork.launcher.snapshot;

import java.io.IOException;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;

public final class ApplicationSnapshot {
	private ApplicationSnapshot() {
	}
	public static List<String> take(List<String> launch, Path directory) throws IOException {
		if (!launch.get(0).equals("-jar")) {
			return launch;
		}
		Files.createDirectories(directory);
		Path jar = Path.of(launch.get(1));
		Path copy = Files.copy(jar, directory.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
		return List.of("-jar", copy.toString());
	}
	public static void remove(Path directory) throws IOException {
		if (Files.exists(directory)) {
			try (Stream<Path> all = Files.walk(directory)) {
				for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(p);
				}
			}
		}
	}
}
