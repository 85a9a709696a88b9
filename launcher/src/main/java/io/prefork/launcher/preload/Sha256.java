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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Adds up what something depends on.
 */
final class Sha256 {

	private static final int BUFFER = 1 << 16;

	private static final int NAME_LENGTH = 32;

	private final MessageDigest digest;

	Sha256() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has it", ex);
		}
	}

	Sha256 add(String text) {
		this.digest.update(text.getBytes(StandardCharsets.UTF_8));
		this.digest.update((byte) 0);
		return this;
	}

	Sha256 addContent(Path file) throws IOException {
		byte[] buffer = new byte[BUFFER];
		try (InputStream in = Files.newInputStream(file)) {
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				this.digest.update(buffer, 0, read);
			}
		}
		this.digest.update((byte) 0);
		return this;
	}

	/**
	 * The sum of all that was added. Nothing can be added after that.
	 * @return 64 hexadecimal digits
	 */
	String hex() {
		return HexFormat.of().formatHex(this.digest.digest());
	}

	/**
	 * The sum as a name. Nothing can be added after that.
	 * @return a short name for a file or a directory
	 */
	String name() {
		return hex().substring(0, NAME_LENGTH);
	}

}
