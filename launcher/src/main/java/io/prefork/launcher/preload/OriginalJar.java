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

package io.prefork.launcher.preload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * The jar that the user starts, known again without reading it.
 *
 * @param identity where it is, and what the file system says of it
 */
public record OriginalJar(String identity) {

	/**
	 * Look at a jar.
	 * @param jar where it is
	 * @return what it is now; the time of its last change can't be set by anybody
	 * @throws IOException if it can't be looked at
	 */
	public static OriginalJar of(Path jar) throws IOException {
		Path path = jar.toRealPath();
		return new OriginalJar(
				"%s %s".formatted(path, new TreeMap<>(Files.readAttributes(path, "unix:dev,ino,size,ctime"))));
	}

}
