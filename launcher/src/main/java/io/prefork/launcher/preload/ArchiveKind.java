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

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a JVM can keep of the classes that another one has loaded.
 */
enum ArchiveKind {

	/**
	 * A dynamic archive of class data (JEP 350).
	 */
	CLASS_DATA("jsa", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile="),

	/**
	 * An ahead-of-time cache, with linked classes and profiles of methods (JEP 483, JEP
	 * 514, JEP 515).
	 */
	AOT_CACHE("aot", "-XX:AOTCacheOutput=", "-XX:AOTCache=");

	private static final int FIRST_WITH_AOT_CACHE = 25;

	private final String suffix;

	private final String write;

	private final String read;

	ArchiveKind(String suffix, String write, String read) {
		this.suffix = suffix;
		this.write = write;
		this.read = read;
	}

	/**
	 * The best that a JVM can do.
	 * @param feature its version, for instance 17
	 * @return the kind
	 */
	static ArchiveKind of(int feature) {
		return (feature >= FIRST_WITH_AOT_CACHE) ? AOT_CACHE : CLASS_DATA;
	}

	/**
	 * The archive that a JVM uses.
	 * @param options its options
	 * @return the archive, or {@code null}
	 */
	static @Nullable Path archiveIn(List<String> options) {
		return options.stream()
			.flatMap((option) -> Stream.of(values())
				.filter((kind) -> option.startsWith(kind.read))
				.map((kind) -> Path.of(option.substring(kind.read.length()))))
			.reduce((first, second) -> second)
			.orElse(null);
	}

	String suffix() {
		return this.suffix;
	}

	/**
	 * The JVM options with which a process writes an archive at its end.
	 * @param file the archive
	 * @return the options
	 */
	List<String> writeTo(Path file) {
		return List.of(this.write + file);
	}

	/**
	 * The JVM options with which a process uses an archive. It is mapped where it was
	 * made for, since otherwise each process would change its pages and share none.
	 * @param file the archive
	 * @return the options
	 */
	List<String> readFrom(Path file) {
		return List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0", this.read + file);
	}

}
