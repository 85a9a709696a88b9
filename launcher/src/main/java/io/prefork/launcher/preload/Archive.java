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
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

import io.prefork.launcher.config.JavaCommand;

/**
 * An archive that was found whole.
 *
 * @param file where it is
 * @param kind what it is
 * @param state what tells that it has not changed since
 */
record Archive(Path file, ArchiveKind kind, String state) {

	static Archive of(Path file, ArchiveKind kind) throws IOException {
		return new Archive(file, kind, state(file));
	}

	/**
	 * Whether it is still what was found whole.
	 * @return {@code false} if it is gone or another one
	 */
	boolean isUnchanged() {
		try {
			return this.state.equals(state(this.file));
		}
		catch (IOException ex) {
			return false;
		}
	}

	JavaCommand usedBy(JavaCommand command) {
		// What the user says comes later, and wins.
		List<String> options = new ArrayList<>(this.kind.readFrom(this.file));
		options.addAll(command.options());
		return command.withOptions(options);
	}

	/**
	 * What tells that a file is not damaged. Nobody else can write here, and this has to
	 * be quick: it is part of each start.
	 * @param file the file
	 * @return its CRC-32 checksum
	 * @throws IOException if it can't be read
	 */
	static String checksum(Path file) throws IOException {
		CRC32 sum = new CRC32();
		try (CheckedInputStream content = new CheckedInputStream(Files.newInputStream(file), sum)) {
			content.transferTo(OutputStream.nullOutputStream());
		}
		return Long.toHexString(sum.getValue());
	}

	private static String state(Path file) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
		return "%s %s %d".formatted(Objects.toString(attributes.fileKey()), attributes.lastModifiedTime(),
				attributes.size());
	}

}
