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
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.DomainSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.UnixSocketAddress;
import io.prefork.launcher.edge.ListenAddress;
import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.TcpAddress;
import io.prefork.launcher.edge.UnixAddress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Listeners} on Unix domain sockets, with real ones.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class UnixListenersTests {

	private final Listeners listeners = new Listeners(16, false, List.of());

	@TempDir
	Path directory;

	@AfterEach
	void closeListeners() {
		this.listeners.close();
	}

	@Test
	void whenAddressIsBoundThenConnectionsWaitAndTheFileIsAsAskedFor() throws Exception {
		int first = this.listeners.obtain(address("?mode=0640"));

		assertThat(this.listeners.obtain(address("?mode=0640"))).isEqualTo(first);
		assertThat(connects()).isTrue();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-r-----");
		assertThat(this.listeners.addresses()).containsExactly("unix:" + file());
		assertThat(this.listeners.descriptors()).containsExactly(Map.entry(address("?mode=0640"), Map.of(0, first)));
		assertThat(this.directory).isDirectoryContaining(file()::equals);
	}

	@Test
	void whenModeChangesThenTheSocketStays() throws Exception {
		int first = this.listeners.obtain(address("?mode=0600"));

		assertThat(this.listeners.obtain(address("?mode=0666"))).isEqualTo(first);
		this.listeners.retain(List.of(address("?mode=0666")));

		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-rw-rw-");
		assertThat(connects()).isTrue();
	}

	@Test
	void whenModeChangesThenNobodyGetsTheListenerASecondTime() throws Exception {
		List<ServerChannel> accepting = new CopyOnWriteArrayList<>();
		EventLoop loop = this.listeners.acceptWith(accepting::add);

		this.listeners.obtain(address("?mode=0600"));
		this.listeners.obtain(address("?mode=0666"));

		loop.submit(() -> assertThat(accepting).hasSize(1)).get();
	}

	@Test
	void whenPredecessorHandsOverTheSocketForTwoModesThenThereIsOneListener() throws Exception {
		List<ServerChannel> accepting = new CopyOnWriteArrayList<>();
		EventLoop loop = this.listeners.acceptWith(accepting::add);
		int socket = listening("first.sock");
		int copy = listening("second.sock");

		this.listeners.adopt(address("?mode=0600"), 0, socket);
		this.listeners.adopt(address("?mode=0666"), 0, copy);

		assertThat(this.listeners.descriptors()).containsOnly(Map.entry(address("?mode=0600"), Map.of(0, socket)),
				Map.entry(address("?mode=0666"), Map.of(0, socket)));
		loop.submit(() -> assertThat(accepting).hasSize(1)).get();
		this.listeners.retain(List.of(address("?mode=0666")));
		assertThat(accepting).allMatch(ServerChannel::isOpen);
	}

	@Test
	void whenNobodyListensAnyMoreThenTheFileIsGone() throws Exception {
		this.listeners.obtain(address(""));

		this.listeners.close();

		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void whenWorkersStillListenAtTheStopThenTheFileGoesAtTheEnd() throws Exception {
		this.listeners.obtain(address(""));
		Files.delete(file());
		try (ServerSocketChannel worker = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			worker.bind(UnixDomainSocketAddress.of(file()));
			this.listeners.stop();
			assertThat(file()).exists();
		}

		this.listeners.close();

		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void whenAddressIsNotNeededAnyMoreThenTheFileIsGone() throws Exception {
		this.listeners.obtain(address(""));

		this.listeners.retain(List.of(new TcpAddress("127.0.0.1", 0, 0)));

		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void whenSomebodyElseListensThereByNowThenTheFileStays() throws Exception {
		this.listeners.obtain(address(""));
		Files.delete(file());
		try (ServerSocketChannel successor = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			successor.bind(UnixDomainSocketAddress.of(file()));

			this.listeners.close();

			assertThat(connects()).isTrue();
		}
	}

	@Test
	void whenOnlyTheFileIsLeftThenItIsReplaced() throws Exception {
		try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			dead.bind(UnixDomainSocketAddress.of(file()));
		}
		assertThat(file()).exists();

		this.listeners.obtain(address(""));

		assertThat(connects()).isTrue();
	}

	@Test
	void whenSomebodyElseListensThenTheMessageSaysSoAndTheyGoOn() throws Exception {
		try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			other.bind(UnixDomainSocketAddress.of(file()));

			assertThatExceptionOfType(ListenException.class).isThrownBy(() -> this.listeners.obtain(address("")))
				.withMessage(
						"unix:%s can't be bound: another process listens on it; stop that process, or choose another "
								+ "path in prefork.bind",
						file());
			assertThat(connects()).isTrue();
		}
	}

	@Test
	void whenAnOrdinaryFileHasTheNameThenItIsLeftAlone() throws Exception {
		Files.writeString(file(), "data");

		assertThatExceptionOfType(ListenException.class).isThrownBy(() -> this.listeners.obtain(address("")))
			.withMessageContaining("there is a file of that name, and it is no socket");
		assertThat(file()).hasContent("data");
	}

	@Test
	void whenDirectoryIsMissingOrUserIsUnknownThenTheMessageSaysSo() {
		assertThatExceptionOfType(ListenException.class)
			.isThrownBy(() -> this.listeners
				.obtain(new UnixAddress(UnixSocketAddress.parse("unix:/no/such/directory/app.sock"), 0)))
			.withMessageContaining("unix:/no/such/directory/app.sock can't be bound")
			.withMessageContaining("the directory has to be there");
		assertThatExceptionOfType(ListenException.class)
			.isThrownBy(() -> this.listeners.obtain(address("?owner=nobody-of-that-name")))
			.withMessageEndingWith("this machine has no user or group nobody-of-that-name");
		assertThat(this.directory).isEmptyDirectory();
	}

	private Path file() {
		return this.directory.resolve("app.sock");
	}

	private int listening(String name) throws IOException {
		io.netty.channel.unix.Socket socket = io.netty.channel.unix.Socket.newSocketDomain();
		socket.bind(new DomainSocketAddress(this.directory.resolve(name).toFile()));
		socket.listen(16);
		return socket.intValue();
	}

	private ListenAddress address(String options) {
		return new UnixAddress(UnixSocketAddress.parse("unix:" + file() + options), 0);
	}

	private boolean connects() throws IOException {
		try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(file()))) {
			return client.isConnected();
		}
	}

}
