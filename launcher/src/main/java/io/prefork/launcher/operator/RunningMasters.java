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

package io.prefork.launcher.operator;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.RunDirectoryFiles;
import io.prefork.launcher.directory.RunDirectories;
import io.prefork.rundir.PrivateDirectory;
import io.prefork.rundir.RunDirectory;

/**
 * Finds the masters that the user of this process may operate.
 */
public final class RunningMasters {

	private static final int ROOT = 0;

	private RunningMasters() {
	}

	/**
	 * Find those whose sockets accept connections.
	 * @param configured what the services have as {@code prefork.run-dir}, or the run
	 * directory of one master; {@code null} to look wherever masters of any user keep it
	 * by default
	 * @param environment the environment variables
	 * @return the masters, in no order
	 */
	public static List<RunningMaster> find(@Nullable Path configured, Map<String, String> environment) {
		List<RunningMaster> masters = new ArrayList<>();
		List<Path> places = (configured != null) ? List.of(configured.toAbsolutePath())
				: RunDirectories.places(environment);
		for (Path place : places) {
			if (isMaster(place)) {
				masters.add(master(place));
			}
			else {
				masters.addAll(in(place));
			}
		}
		return masters;
	}

	private static List<RunningMaster> in(Path place) {
		List<RunningMaster> masters = new ArrayList<>();
		if (Files.isReadable(place)) {
			try (DirectoryStream<Path> directories = Files.newDirectoryStream(place, RunningMasters::isMaster)) {
				directories.forEach((directory) -> masters.add(master(directory)));
			}
			catch (IOException ex) {
				// Somebody else's, or none.
			}
		}
		return masters;
	}

	/**
	 * Whether it is really this user's, and not what somebody else has put there. Root
	 * operates what is anybody's.
	 * @param directory the run directory of a master
	 * @return {@code true} if so
	 */
	private static boolean isTrusted(Path directory) {
		try {
			if (PrivateDirectory.ownUid() != ROOT) {
				PrivateDirectory.check(directory);
			}
			return true;
		}
		catch (IOException | RuntimeException ex) {
			return false;
		}
	}

	private static RunningMaster master(Path directory) {
		return new RunningMaster(RunDirectory.holder(directory), directory);
	}

	private static boolean isMaster(Path directory) {
		Path socket = RunDirectoryFiles.socketIn(directory);
		if (!RunDirectory.isIn(directory) || !Files.exists(socket) || !isTrusted(directory)) {
			return false;
		}
		try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			return channel.connect(UnixDomainSocketAddress.of(socket));
		}
		catch (IOException ex) {
			return false;
		}
	}

}
