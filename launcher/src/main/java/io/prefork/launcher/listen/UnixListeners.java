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
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;

import io.prefork.contract.UnixSocketAddress;
import io.prefork.launcher.edge.ListenAddress;
import io.prefork.launcher.edge.ListenException;

/**
 * Listeners on Unix domain sockets, see unix(7). A socket has its owner and mode before
 * it listens, so that nobody connects who must not. Its file goes when nobody listens any
 * more. Not thread-safe: the master loop owns it.
 */
final class UnixListeners {

	private final Map<ListenAddress, EpollServerDomainSocketChannel> channels = new LinkedHashMap<>();

	private final Set<Path> files = new LinkedHashSet<>();

	private final int backlog;

	private final IntFunction<EpollServerDomainSocketChannel> adoption;

	/**
	 * Create listeners.
	 * @param backlog the length of each accept queue
	 * @param adoption makes a channel of a listening socket's descriptor
	 */
	UnixListeners(int backlog, IntFunction<EpollServerDomainSocketChannel> adoption) {
		this.backlog = backlog;
		this.adoption = adoption;
	}

	/**
	 * Bind a socket.
	 * @param address the address, which has no listener yet
	 * @return its listener
	 * @throws ListenException if it can't be bound
	 */
	EpollServerDomainSocketChannel bind(ListenAddress address) throws ListenException {
		UnixSocketAddress where = address.toUnixSocketAddress();
		try {
			EpollServerDomainSocketChannel there = find(where.path());
			if (there != null && address.occurrence() == 0) {
				give(where);
				this.channels.put(address, there);
				return there;
			}
			checkFree(where.path());
			return put(address, where.path(), bind(where, this.backlog));
		}
		catch (UserPrincipalNotFoundException ex) {
			throw new ListenException(
					"%s can't be bound: this machine has no user or group %s".formatted(address, ex.getName()), ex);
		}
		catch (IOException ex) {
			throw new ListenException(
					("%s can't be bound: %s; the directory has to be there and writable for this user, and a file can "
							+ "be given away by root only")
						.formatted(address, (ex instanceof NativeIoException) ? ex.getMessage() : ex),
					ex);
		}
	}

	/**
	 * Take over a listener from another process; if there is one for the address already
	 * it is replaced by this copy.
	 * @param address what it was asked for with
	 * @param descriptor its descriptor, from now on not the caller's
	 */
	void adopt(ListenAddress address, int descriptor) {
		put(address, address.toUnixSocketAddress().path(), descriptor);
	}

	Map<ListenAddress, EpollServerDomainSocketChannel> channels() {
		return this.channels;
	}

	/**
	 * The addresses that are bound.
	 * @return their text, without mode and owner
	 */
	Stream<String> addresses() {
		return this.channels.keySet()
			.stream()
			.map((address) -> UnixSocketAddress.PREFIX + address.toUnixSocketAddress().path());
	}

	void retain(Collection<ListenAddress> used) {
		Set<EpollServerDomainSocketChannel> unused = new LinkedHashSet<>(this.channels.values());
		this.channels.keySet().retainAll(used);
		unused.removeAll(this.channels.values());
		unused.forEach((channel) -> channel.close().syncUninterruptibly());
		this.files.stream().filter((file) -> find(file) == null).forEach(UnixListeners::removeIfStale);
	}

	void close() {
		this.channels.values().forEach((channel) -> channel.close().syncUninterruptibly());
		this.channels.clear();
		this.files.forEach(UnixListeners::removeIfStale);
	}

	private @Nullable EpollServerDomainSocketChannel find(Path file) {
		return this.channels.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().toUnixSocketAddress().path().equals(file))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	private EpollServerDomainSocketChannel put(ListenAddress address, Path file, int descriptor) {
		EpollServerDomainSocketChannel channel = this.adoption.apply(descriptor);
		EpollServerDomainSocketChannel before = this.channels.put(address, channel);
		if (before != null) {
			before.close().syncUninterruptibly();
		}
		this.files.add(file);
		return channel;
	}

	private static int bind(UnixSocketAddress where, int backlog) throws IOException {
		Files.deleteIfExists(where.path());
		Socket socket = Socket.newSocketDomain();
		try {
			socket.bind(new DomainSocketAddress(where.path().toFile()));
			give(where);
			// Until now every connection is refused.
			socket.listen(backlog);
			return socket.intValue();
		}
		catch (IOException ex) {
			socket.close();
			Files.deleteIfExists(where.path());
			throw ex;
		}
	}

	private static void give(UnixSocketAddress where) throws IOException {
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

	private static void checkFree(Path file) throws ListenException {
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

	private static void removeIfStale(Path file) {
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
