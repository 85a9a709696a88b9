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

package io.prefork.launcher.generation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.JarContent;

/**
 * The copy of a file or a directory. That of a file stays open, and so can be had again
 * when somebody has removed it.
 */
final class FileCopy implements AutoCloseable {

	private final Path original;

	private final Path relative;

	private final List<Path> files;

	private final @Nullable OpenFile content;

	private FileCopy(Path original, Path relative, List<Path> files, @Nullable OpenFile content) {
		this.original = original;
		this.relative = relative;
		this.files = files;
		this.content = content;
	}

	/**
	 * Copy something.
	 * @param original a file, or a directory with all files in it
	 * @param directory where the copy goes
	 * @param relative its place in there
	 * @return the copy
	 * @throws IOException if it can't be copied, or is not whole
	 */
	static FileCopy of(Path original, Path directory, Path relative) throws IOException {
		Path target = directory.resolve(relative);
		if (Files.isDirectory(original)) {
			return new FileCopy(original, relative, copyTree(original, target), null);
		}
		copyFile(original, target);
		return new FileCopy(original, relative, List.of(), OpenFile.of(target));
	}

	/**
	 * Make it again if it is gone.
	 * @param directory where it has to be
	 * @return whether it was gone
	 * @throws IOException if it can't be made
	 */
	boolean restore(Path directory) throws IOException {
		Path target = directory.resolve(this.relative);
		if (this.content != null && !Files.exists(target)) {
			this.content.writeTo(target);
			return true;
		}
		if (this.files.stream().anyMatch((file) -> !Files.exists(target.resolve(file)))) {
			copyTree(this.original, target);
			return true;
		}
		return false;
	}

	@Override
	public void close() {
		if (this.content != null) {
			this.content.close();
		}
	}

	/**
	 * Copy a directory. Only files and directories are copied: to read from a named pipe
	 * or a device would take for ever.
	 * @param original the directory
	 * @param target where the copy goes; what is there is overwritten
	 * @return the files, relative to the directory
	 * @throws IOException if it can't be copied
	 */
	private static List<Path> copyTree(Path original, Path target) throws IOException {
		List<Path> copied = new ArrayList<>();
		try (Stream<Path> files = Files.walk(original)) {
			for (Path file : files.toList()) {
				Path relative = original.relativize(file);
				Path copy = target.resolve(relative.toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(copy);
					copied.add(relative);
				}
				else if (Files.isRegularFile(file)) {
					Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
					copied.add(relative);
				}
			}
		}
		return copied;
	}

	private static void copyFile(Path original, Path target) throws IOException {
		if (!Files.isRegularFile(original)) {
			throw new IOException(original + " is neither a file nor a directory");
		}
		Files.createDirectories(target.getParent());
		Object before = version(original);
		// Times are kept: class archives are rejected for jars with other times.
		Files.copy(original, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
		if (!before.equals(version(original))) {
			throw new IOException(original + " changes while it is copied; try again when it is complete");
		}
		if (target.toString().endsWith(".jar")) {
			JarContent.check(original, target);
		}
	}

	private static Object version(Path file) throws IOException {
		return Files.readAttributes(file, "size,lastModifiedTime");
	}

	/**
	 * A file that can be read as long as it is open, also when its name is gone.
	 *
	 * @param channel the open file
	 * @param modified when it was changed
	 */
	private record OpenFile(FileChannel channel, FileTime modified) implements AutoCloseable {

		static OpenFile of(Path file) throws IOException {
			return new OpenFile(FileChannel.open(file), Files.getLastModifiedTime(file));
		}

		void writeTo(Path file) throws IOException {
			Files.createDirectories(file.getParent());
			try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
				long size = this.channel.size();
				for (long done = 0; done < size;) {
					done += this.channel.transferTo(done, size - done, out);
				}
			}
			catch (IOException ex) {
				Files.deleteIfExists(file);
				throw ex;
			}
			Files.setLastModifiedTime(file, this.modified);
		}

		@Override
		public void close() {
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
