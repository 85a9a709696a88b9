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

package io.prefork.launcher.listen;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.EnumSet;
import java.util.Set;

import io.prefork.contract.UnixSocketAddress;
import io.prefork.launcher.edge.ListenException;

/**
 * The file that stands for a Unix domain socket, see unix(7).
 */
final class UnixSocketFile {

	private UnixSocketFile() {
	}

	/**
	 * Give a file the mode and owner that were asked for.
	 * @param where the file, its mode and owner
	 * @throws IOException if that is not allowed, or there is no such owner
	 */
	static void give(UnixSocketAddress where) throws IOException {
		Path file = where.path();
		UserPrincipalLookupService users = file.getFileSystem().getUserPrincipalLookupService();
		PosixFileAttributeView attributes = Files.getFileAttributeView(file, PosixFileAttributeView.class);
		Integer mode = where.mode();
		if (mode != null) {
			attributes.setPermissions(permissions(mode));
		}
		String group = where.group();
		if (group != null) {
			attributes.setGroup(users.lookupPrincipalByGroupName(group));
		}
		String owner = where.owner();
		if (owner != null) {
			attributes.setOwner(users.lookupPrincipalByName(owner));
		}
	}

	private static Set<PosixFilePermission> permissions(int mode) {
		Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
		PosixFilePermission[] fromHighest = PosixFilePermission.values();
		for (int i = 0; i < fromHighest.length; i++) {
			if ((mode & (1 << (fromHighest.length - 1 - i))) != 0) {
				permissions.add(fromHighest[i]);
			}
		}
		return permissions;
	}

	/**
	 * Check that nobody has a file that is to be a socket.
	 * @param file the file
	 * @throws ListenException if it is no socket, or somebody listens on it
	 */
	static void checkFree(Path file) throws ListenException {
		if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		if (!isSocket(file)) {
			throw new ListenException(
					"unix:%s can't be bound: there is a file of that name, and it is no socket".formatted(file));
		}
		if (!isStale(file)) {
			throw new ListenException(("unix:%s can't be bound: another process listens on it; stop that process, or "
					+ "choose another path in prefork.bind")
				.formatted(file));
		}
	}

	private static boolean isSocket(Path file) {
		try {
			return (Boolean) Files.getAttribute(file, "isOther", LinkOption.NOFOLLOW_LINKS);
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Remove a socket on which nobody listens any more.
	 * @param file the socket's file
	 */
	static void removeIfStale(Path file) {
		try {
			if (isSocket(file) && isStale(file)) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			// The next start replaces it.
		}
	}

	/**
	 * Whether nobody listens on a socket any more.
	 * @param file the socket's file
	 * @return {@code true} if a connection is refused
	 */
	private static boolean isStale(Path file) {
		try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			probe.configureBlocking(false);
			probe.connect(UnixDomainSocketAddress.of(file));
			return false;
		}
		catch (ConnectException ex) {
			return true;
		}
		catch (IOException ex) {
			// Whoever listens there has a full queue, or does not let this user in.
			return false;
		}
	}

}
