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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.prefork.rundir.PrivateDirectory;

/**
 * Where prepared applications and their archives are kept beyond the end of the service.
 */
final class PreloadCache {

	/**
	 * More than one release and the one before it.
	 */
	private static final int KEPT = 4;

	private static final int ROOT = 0;

	private final Path directory;

	PreloadCache(Path directory) {
		this.directory = directory;
	}

	/**
	 * The cache of this user.
	 * @param configured where the user wants it, or {@code null}
	 * @param environment the environment variables
	 * @return the cache, or {@code null} if there is no place for it
	 */
	static @Nullable PreloadCache of(@Nullable Path configured, Map<String, String> environment) {
		if (configured != null) {
			return new PreloadCache(configured.toAbsolutePath());
		}
		// See systemd.exec(5); there may be several.
		String unit = environment.getOrDefault("CACHE_DIRECTORY", "");
		if (!unit.isEmpty()) {
			return new PreloadCache(Path.of(unit.split(":", 2)[0], "prefork"));
		}
		// See the XDG Base Directory Specification.
		String user = environment.getOrDefault("XDG_CACHE_HOME", "");
		if (user.startsWith("/")) {
			return new PreloadCache(Path.of(user, "prefork"));
		}
		if (PrivateDirectory.ownUid() == ROOT) {
			return new PreloadCache(Path.of("/var/cache/prefork"));
		}
		Path home = Path.of(environment.getOrDefault("HOME", "/"));
		return (home.getNameCount() > 0 && Files.isWritable(home)) ? new PreloadCache(home.resolve(".cache/prefork"))
				: null;
	}

	/**
	 * Open the place of an application, which is kept as long as it is open.
	 * @param key what the application consists of
	 * @return the place
	 * @throws IOException if it can't be made, or others may write there
	 */
	CacheEntry open(String key) throws IOException {
		PrivateDirectory.create(this.directory);
		return CacheEntry.open(this.directory.resolve(key));
	}

	/**
	 * Find the place of an application, without reading it if that is known.
	 * @param application the application
	 * @return its key
	 * @throws IOException if the application or the cache can't be read
	 */
	String keyOf(ApplicationLayout application) throws IOException {
		OriginalJar jar = application.original();
		String known = (jar != null) ? keyOf(jar) : null;
		return (known != null) ? known : application.key();
	}

	/**
	 * Find the place of an application whose jar has been seen before.
	 * @param jar the jar
	 * @return its key, or {@code null}
	 * @throws IOException if the cache can't be read
	 */
	@Nullable String keyOf(OriginalJar jar) throws IOException {
		if (!Files.isDirectory(this.directory)) {
			return null;
		}
		try (Stream<Path> entries = Files.list(this.directory)) {
			return entries.filter((entry) -> CacheEntry.isFrom(entry, jar))
				.map((entry) -> String.valueOf(entry.getFileName()))
				.findFirst()
				.orElse(null);
		}
	}

	/**
	 * Remove what nobody uses, except what was used last.
	 * @param open the names of those that this process has open: to look at their locks
	 * would give them up
	 * @throws IOException if the cache can't be read
	 */
	void clean(Set<String> open) throws IOException {
		try (Stream<Path> entries = Files.list(this.directory)) {
			List<Path> oldest = entries.filter(Files::isDirectory)
				.sorted(Comparator.comparing(PreloadCache::usedAt).reversed())
				.skip(KEPT)
				.filter((entry) -> !open.contains(String.valueOf(entry.getFileName())))
				.toList();
			for (Path entry : oldest) {
				CacheEntry.removeUnused(entry);
			}
		}
	}

	@Override
	public String toString() {
		return this.directory.toString();
	}

	private static FileTime usedAt(Path entry) {
		try {
			return Files.getLastModifiedTime(entry);
		}
		catch (NoSuchFileException ex) {
			return FileTime.fromMillis(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
