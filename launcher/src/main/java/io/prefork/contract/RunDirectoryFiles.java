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

package io.prefork.contract;

import java.nio.file.Path;
import java.util.List;

/**
 * The files in the directory of a master.
 */
public final class RunDirectoryFiles {

	private static final String SOCKET = "control.sock";

	/**
	 * Not longer than the others, whose paths may be as long as a socket's can be.
	 */
	private static final String NEW_SOCKET = "new.sock";

	private static final String SUCCESSOR_SOCKET = "successor.sock";

	private static final String PREDECESSOR = "predecessor";

	private static final String WORKERS = "workers";

	private static final String SCOREBOARD = "scoreboard";

	private static final String PATHS = "paths";

	private static final String LEADER = "leader.lock";

	/**
	 * What the name of a file ends with until all of it is written.
	 */
	private static final String UNFINISHED = ".new";

	/**
	 * The names of all files that a master leaves when it dies, its lock apart.
	 */
	public static final List<String> NAMES = List.of(SOCKET, NEW_SOCKET, SUCCESSOR_SOCKET, PREDECESSOR, WORKERS,
			PREDECESSOR + UNFINISHED, WORKERS + UNFINISHED, SCOREBOARD, PATHS, LEADER);

	private RunDirectoryFiles() {
	}

	/**
	 * Where a socket is until it accepts, beside its place.
	 * @param socket its place
	 * @return the path of the socket until then
	 */
	public static Path newSocketBeside(Path socket) {
		return socket.resolveSibling(NEW_SOCKET);
	}

	/**
	 * Where a file is until all of it is written, beside its place.
	 * @param file its place
	 * @return the path of the file until then
	 */
	public static Path unfinishedBeside(Path file) {
		return file.resolveSibling(file.getFileName() + UNFINISHED);
	}

	/**
	 * The file with the paths that are asked for most often.
	 * @param directory the directory
	 * @return the path of the file
	 */
	public static Path pathsIn(Path directory) {
		return directory.resolve(PATHS);
	}

	/**
	 * The file that the leader locks.
	 * @param directory the directory
	 * @return the path of the file
	 */
	public static Path leaderIn(Path directory) {
		return directory.resolve(LEADER);
	}

	/**
	 * The control socket in a directory.
	 * @param directory the directory
	 * @return the path of the socket
	 */
	public static Path socketIn(Path directory) {
		return directory.resolve(SOCKET);
	}

	/**
	 * The socket at which a new master waits for the listeners of the one that holds a
	 * directory.
	 * @param directory the old master's directory
	 * @return the path of the socket
	 */
	public static Path successorSocketIn(Path directory) {
		return directory.resolve(SUCCESSOR_SOCKET);
	}

	/**
	 * The file with the {@link Roster} of the master that wants to be replaced.
	 * @param directory that master's directory
	 * @return the path of the file
	 */
	public static Path predecessorIn(Path directory) {
		return directory.resolve(PREDECESSOR);
	}

	/**
	 * The file with the {@link Roster} of workers that may outlive the master.
	 * @param directory the master's directory
	 * @return the path of the file
	 */
	public static Path workersIn(Path directory) {
		return directory.resolve(WORKERS);
	}

	/**
	 * The file of the {@link Scoreboard}.
	 * @param directory the master's directory
	 * @return the path of the file
	 */
	public static Path scoreboardIn(Path directory) {
		return directory.resolve(SCOREBOARD);
	}

}
