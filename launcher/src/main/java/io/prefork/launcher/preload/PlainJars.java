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
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.ApplicationFiles;
import io.prefork.launcher.config.JavaCommand;

/**
 * Jars that are files of their own already: those of a class path, or a jar whose
 * manifest names the others, which is what Spring Boot's tools make of an executable jar.
 * They are copied to where they stay, since a JVM uses an archive only with the very jars
 * that it was made of.
 *
 * @param files the jars
 */
record PlainJars(ApplicationFiles files) implements ApplicationLayout {

	@Override
	public @Nullable String obstacle() {
		return this.files.entries()
			.stream()
			.map(ApplicationFiles.Entry::original)
			.filter(Files::isDirectory)
			.findFirst()
			.map("a JVM puts only classes from jars into an archive, and %s is a directory"::formatted)
			.orElse(null);
	}

	@Override
	public @Nullable OriginalJar original() {
		// A jar says nothing about those that its manifest names.
		return null;
	}

	@Override
	public String key() throws IOException {
		Sha256 sum = new Sha256();
		for (ApplicationFiles.Entry file : this.files.entries()) {
			sum.add(file.copy().toString()).addContent(file.original());
		}
		return sum.name();
	}

	@Override
	public void make(JavaCommand application, Path directory) throws IOException {
		for (ApplicationFiles.Entry file : this.files.entries()) {
			Path copy = directory.resolve(file.copy());
			Files.createDirectories(Objects.requireNonNull(copy.getParent()));
			Files.copy(file.original(), copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	@Override
	public List<String> launch(Path directory) {
		return this.files.launch(directory);
	}

}
