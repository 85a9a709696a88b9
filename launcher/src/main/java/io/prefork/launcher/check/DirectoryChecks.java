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

package io.prefork.launcher.check;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds what is wrong with the file system of a run directory.
 */
public final class DirectoryChecks {

	private static final Pattern REMOTE = Pattern.compile("nfs\\d?|cifs|smb\\d?|9p|ceph|glusterfs|fuse\\..*");

	private static final long LITTLE = 64L << 20;

	private DirectoryChecks() {
	}

	/**
	 * Look.
	 * @param directory an existing run directory
	 * @return what was found
	 */
	public static List<Finding> findings(Path directory) {
		try {
			FileStore store = Files.getFileStore(directory);
			return findings(directory, store.type(), store.getUsableSpace());
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	static List<Finding> findings(Path directory, String type, long free) {
		List<Finding> findings = new ArrayList<>();
		if (REMOTE.matcher(type).matches()) {
			findings
				.add(Finding.warning("run directory", "%s is on a file system of type %s".formatted(directory, type),
						"sockets and locks need a local one", "prefork.run-dir on a local disk, such as below /run"));
		}
		if (free < LITTLE) {
			findings.add(Finding.warning("run directory", "%s has %d MiB left".formatted(directory, free >> 20),
					"a reload copies the application to it", "free space, or prefork.run-dir elsewhere"));
		}
		return findings;
	}

}
