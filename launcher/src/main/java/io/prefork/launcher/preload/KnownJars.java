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
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.JavaCommand;

/**
 * The jars that were a service before, and what was extracted from them.
 */
public final class KnownJars {

	private KnownJars() {
	}

	/**
	 * Run an application that was extracted when its jar was started before, with the
	 * archive of its workers if there is one.
	 * @param command the command of a master that runs the jar
	 * @param cache where the user wants the cache, or {@code null}
	 * @return the command that runs the extracted application; {@code null} if there is
	 * none that can be trusted
	 */
	public static @Nullable JavaCommand extracted(JavaCommand command, @Nullable Path cache) {
		try (CacheEntry entry = find(Path.of(command.launch().get(1)), cache)) {
			if (entry == null || !entry.holdsApplication()) {
				return null;
			}
			JavaCommand extracted = command.withLaunch(ExecutableJar.extracted(entry.application()));
			Path archive = entry.archiveFor(PreloadKeys.ofJvm(command.java()));
			return (archive != null) ? Archive.of(archive, ArchiveKind.AOT_CACHE).usedBy(extracted) : extracted;
		}
		catch (IOException | UnsupportedOperationException ex) {
			return null;
		}
	}

	/**
	 * Do not find an application any more when its jar is started.
	 * @param jar the jar
	 * @param cache where the user wants the cache, or {@code null}
	 */
	public static void forget(Path jar, @Nullable Path cache) {
		try (CacheEntry entry = find(jar, cache)) {
			if (entry != null) {
				entry.forgetOriginal();
			}
		}
		catch (IOException | UnsupportedOperationException ex) {
			// It is found to be of no use again.
		}
	}

	private static @Nullable CacheEntry find(Path jar, @Nullable Path configured) throws IOException {
		PreloadCache cache = PreloadCache.of(configured, System.getenv());
		String key = (cache != null) ? cache.keyOf(OriginalJar.of(jar)) : null;
		return (cache != null && key != null) ? cache.open(key) : null;
	}

}
