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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.edge.TcpAddress;
import io.prefork.launcher.supervisor.ExitCodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link InheritedSocket} with real sockets.
 */
class InheritedSocketTests {

	private static final long PID = 4711;

	private final List<String> warnings = new ArrayList<>();

	private final List<Socket> open = new ArrayList<>();

	@BeforeAll
	static void loadNativeLibrary() {
		Epoll.ensureAvailability();
	}

	@AfterEach
	void closeSockets() throws IOException {
		for (Socket socket : this.open) {
			socket.close();
		}
	}

	@Test
	void whenSocketListensThenItsAddressIsKnown() throws IOException {
		Socket socket = bound();
		socket.listen(1);

		InheritedSocket inherited = InheritedSocket.of(socket.intValue(), "web");

		int port = socket.localAddress().getPort();
		assertThat(inherited.address()).isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		assertThat(inherited).hasToString("127.0.0.1:%d (web)", port);
	}

	@Test
	void whenSocketDoesNotListenThenItIsRefused() throws IOException {
		verifyRefused(bound(), "it does not listen");
	}

	@Test
	void whenSocketIsNoTcpSocketThenItIsRefused() {
		verifyRefused(opened(Socket.newSocketDgram()), "it is not a TCP socket");
		verifyRefused(opened(Socket.newSocketDomain()), "it is not a TCP socket");
	}

	@Test
	void whenDescriptorIsNotOpenThenItIsRefused() {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> InheritedSocket.of(99999, ""))
			.withMessageContaining("descriptor 99999 as")
			.withMessageContaining("it is not open");
	}

	@Test
	void whenDescriptorIsAnotherFileThenItIsNamed() {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> InheritedSocket
			.from(Map.of("LISTEN_PID", "" + PID, "LISTEN_FDS", "1", "LISTEN_FDNAMES", "web"), PID, this.warnings::add))
			.withMessageStartingWith("The service manager passed descriptor 3 (web) as a socket")
			.withMessageContaining("but it ")
			.withMessageEndingWith("ListenStream= with a port (and an address), and Accept=no")
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCodes.USAGE));
	}

	@Test
	void whenNothingIsPassedThenThereIsNothing() {
		assertThat(from(Map.of())).isEmpty();
		assertThat(from(Map.of("LISTEN_FDS", "1"))).isEmpty();
		assertThat(from(Map.of("LISTEN_PID", "" + PID))).isEmpty();
		assertThat(from(Map.of("LISTEN_PID", "" + PID, "LISTEN_FDS", "0"))).isEmpty();
		assertThat(this.warnings).isEmpty();
	}

	@Test
	void whenSocketsArePassedToAnotherProcessThenThatIsAWarning() {
		assertThat(from(Map.of("LISTEN_PID", "47", "LISTEN_FDS", "1"))).isEmpty();

		assertThat(this.warnings).singleElement().asString().contains("process 47", "process 4711", "exec");
	}

	@Test
	void whenNumberIsNoneThenItIsRefused() {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> from(Map.of("LISTEN_PID", "" + PID, "LISTEN_FDS", "x")))
			.withMessage("LISTEN_FDS is \"x\", not a number of sockets");
	}

	@ParameterizedTest
	@CsvSource({ "0.0.0.0, 8080, 0.0.0.0, 0, true", "0.0.0.0, 8080, ::, 0, true", "::, 8080, 0.0.0.0, 0, true",
			"127.0.0.1, 8080, 127.0.0.1, 0, true", "127.0.0.1, 8080, 0.0.0.0, 0, false",
			"0.0.0.0, 8080, 127.0.0.1, 0, false", "127.0.0.1, 8081, 127.0.0.1, 0, false",
			"::1, 8080, 127.0.0.1, 0, false", "127.0.0.1, 8080, 127.0.0.1, 1, false" })
	void whenWorkerAsksThenTheAddressDecides(String host, int port, String wanted, int occurrence, boolean serves) {
		InheritedSocket inherited = new InheritedSocket(3, "", new InetSocketAddress(host, port));

		assertThat(inherited.serves(new TcpAddress(wanted, 8080, occurrence))).isEqualTo(serves);
	}

	private List<InheritedSocket> from(Map<String, String> environment) {
		return InheritedSocket.from(environment, PID, this.warnings::add);
	}

	private void verifyRefused(Socket socket, String why) {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> InheritedSocket.of(socket.intValue(), "web"))
			.withMessageContaining("descriptor %d (web)", socket.intValue())
			.withMessageContaining(why);
	}

	private Socket bound() throws IOException {
		Socket socket = opened(Socket.newSocketStream());
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		return socket;
	}

	private Socket opened(Socket socket) {
		this.open.add(socket);
		return socket;
	}

}
