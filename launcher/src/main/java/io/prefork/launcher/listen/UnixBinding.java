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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;

import io.prefork.contract.UnixSocketAddress;
import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.UnixAddress;

/**
 * Binds Unix domain sockets, see unix(7). A socket has its owner and mode before it
 * listens, so that nobody connects who must not.
 */
final class UnixBinding {

	private final Set<Path> files = new LinkedHashSet<>();

	private final ListenLoop loop;

	private final int backlog;

	/**
	 * Create what binds sockets.
	 * @param loop the event loop of the listeners
	 * @param backlog the length of each accept queue
	 */
	UnixBinding(ListenLoop loop, int backlog) {
		this.loop = loop;
		this.backlog = backlog;
	}

	/**
	 * Bind a socket, or give the one that there is its new mode and owner.
	 * @param address the address
	 * @param there the listener that the master has on the same file; {@code null} if
	 * there is none
	 * @return the listener
	 * @throws ListenException if it can't be bound
	 */
	UnixListener bind(UnixAddress address, @Nullable UnixListener there) throws ListenException {
		UnixSocketAddress where = address.socket();
		try {
			if (there != null) {
				UnixSocketFile.give(where);
				return there;
			}
			UnixSocketFile.checkFree(where.path());
			return listen(where, bind(where, this.backlog));
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
	 * Take over a socket of a predecessor.
	 * @param address what it was asked for with
	 * @param descriptor its descriptor, from now on not the caller's
	 * @return the listener
	 */
	UnixListener adopt(UnixAddress address, int descriptor) {
		return listen(address.socket(), descriptor);
	}

	/**
	 * Remove the files of sockets on which nobody listens any more: workers may still do
	 * so when the master does not, so this is done again when there may be fewer.
	 * @param needed the files of sockets on which the master listens
	 */
	void removeStale(Collection<Path> needed) {
		this.files.stream().filter((file) -> !needed.contains(file)).forEach(UnixSocketFile::removeIfStale);
	}

	private UnixListener listen(UnixSocketAddress where, int descriptor) {
		EpollServerDomainSocketChannel channel = this.loop.register(new EpollServerDomainSocketChannel(descriptor));
		this.loop.announce(channel);
		this.files.add(where.path());
		return new UnixListener(where.path(), channel);
	}

	private static int bind(UnixSocketAddress where, int backlog) throws IOException {
		Files.deleteIfExists(where.path());
		Socket socket = Socket.newSocketDomain();
		try {
			socket.bind(new DomainSocketAddress(where.path().toFile()));
			UnixSocketFile.give(where);
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

}
