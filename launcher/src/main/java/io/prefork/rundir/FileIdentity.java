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

package io.prefork.rundir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/**
 * Tells files apart whatever their names are.
 */
public final class FileIdentity {

	private FileIdentity() {
	}

	/**
	 * What only one file has, as long as it exists or is open: device and inode.
	 * @param file a name of the file
	 * @param options whether symbolic links are followed
	 * @return the identity, or {@code null} if there is no such file
	 * @throws IOException if it can't be told
	 */
	public static @Nullable Object of(Path file, LinkOption... options) throws IOException {
		try {
			return Files.readAttributes(file, BasicFileAttributes.class, options).fileKey();
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

}
