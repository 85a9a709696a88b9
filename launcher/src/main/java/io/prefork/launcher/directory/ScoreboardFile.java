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

package io.prefork.launcher.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import io.prefork.contract.RunDirectoryFiles;
import io.prefork.contract.Scoreboard;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.rundir.FileIdentity;

/**
 * The scoreboard's file. Workers that begin later must map the memory that the others
 * have, so it stays open; if its name is gone a link says where the open file is.
 */
public final class ScoreboardFile implements Belonging, AutoCloseable {

	private final FileChannel channel;

	private final Object identity;

	private final Scoreboard scoreboard;

	private ScoreboardFile(Path file) throws IOException {
		this.scoreboard = Scoreboard.create(file);
		this.channel = FileChannel.open(file);
		this.identity = Objects.requireNonNull(FileIdentity.of(file));
	}

	/**
	 * Create the scoreboard of a master.
	 * @param directories the master's directories
	 * @return the open file
	 * @throws StartupException if it can't be written
	 */
	public static ScoreboardFile create(RunDirectories directories) {
		Path directory = directories.own().path();
		try {
			ScoreboardFile file = new ScoreboardFile(RunDirectoryFiles.scoreboardIn(directory));
			directories.keep("scoreboard", file);
			return file;
		}
		catch (IOException ex) {
			throw new StartupException(ExitCodes.USAGE,
					("The scoreboard in %s can't be written (%s); set prefork.run-dir to a directory on a local disk "
							+ "with free space")
						.formatted(directory, ex),
					ex);
		}
	}

	/**
	 * The scoreboard in it.
	 * @return the scoreboard
	 */
	public Scoreboard scoreboard() {
		return this.scoreboard;
	}

	@Override
	public boolean restore(Path directory) throws IOException {
		Path file = RunDirectoryFiles.scoreboardIn(directory);
		if (this.identity.equals(FileIdentity.of(file))) {
			return false;
		}
		Files.deleteIfExists(file);
		Files.createSymbolicLink(file, descriptor());
		return true;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	/**
	 * Where other processes of this user find the open file, see proc(5).
	 * @return the path
	 * @throws IOException if it can't be found
	 */
	private Path descriptor() throws IOException {
		Path process = Path.of("/proc/self").toRealPath().resolve("fd");
		try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process)) {
			for (Path descriptor : descriptors) {
				if (this.identity.equals(FileIdentity.of(descriptor))) {
					return descriptor;
				}
			}
		}
		throw new IOException("the open scoreboard is not in " + process);
	}

}
