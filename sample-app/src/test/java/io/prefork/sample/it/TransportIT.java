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

package io.prefork.sample.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.netty.channel.uring.IoUring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.HttpReply;
import io.prefork.sample.it.support.IoUringJars;
import io.prefork.sample.it.support.MixedLoad;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;
import io.prefork.sample.it.support.TestKeyStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Workers serve with the transport that was chosen, or say why they can't.
 */
class TransportIT {

	private static final String IO_URING = "--prefork.transport=io_uring";

	private static final String[] NIO = { "--prefork.transport=nio", "--prefork.distribution=reuseport",
			"--prefork.workers=2" };

	/**
	 * Whether the accept queue of a socket that is closed goes to another one.
	 */
	private static final boolean MIGRATES = migrates();

	private static final String OWN_LOOPS = "The application's event loops are not on epoll: its servers get ";

	private static final String REFUSED = "prefork.transport is io_uring, but this worker serves with epoll: ";

	/**
	 * Executes its arguments under a filter that answers EPERM to io_uring_setup(2),
	 * which has the same number on all architectures, see seccomp(2).
	 */
	private static final String WITHOUT_IO_URING = """
			import ctypes, os, struct, sys
			code = [(0x20, 0, 0, 0), (0x15, 0, 1, 425), (0x06, 0, 0, 0x50001), (0x06, 0, 0, 0x7fff0000)]
			program = ctypes.create_string_buffer(b''.join(struct.pack('HBBI', *line) for line in code))
			filter = ctypes.create_string_buffer(struct.pack('HP', len(code), ctypes.addressof(program)))
			libc = ctypes.CDLL(None)
			assert libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, filter) == 0
			os.execvp(sys.argv[1], sys.argv[1:])
			""";

	@Test
	void whenIoUringIsChosenThenClearTextProtocolsAreServedAndTheClientsAddressIsKnown() throws IOException {
		assumeIoUring();
		try (PreforkService service = withIoUring().args(IO_URING, "--server.http2.enabled=true")
			.jvmOptions("-Dreactor.netty.http.server.accessLogEnabled=true")
			.start()
			.awaitReady()) {
			Http http11 = Http.http11();
			for (int i = 0; i < 20; i++) {
				assertThat(http11.get(service.url("/hello")).body()).isEqualTo("Hello, World!");
			}
			assertThat(Http.http2().get(service.url("/hello")).version()).isEqualTo(Version.HTTP_2);
			assertThat(answerTo(new byte[] { 127, 0, 0, 3 }, service.port())).startsWith("HTTP/1.1 200 OK");
			service.awaitLine("127.0.0.3 - - [");
			assertThat(service.readyWorkers().values()).allMatch(TransportIT::usesIoUring);
			assertThat(service.output()).doesNotContain("event loops are not on");
		}
	}

	@Test
	void whenIoUringIsChosenThenHttp2IsServedOverTls(@TempDir Path directory) {
		assumeIoUring();
		try (PreforkService service = withIoUring().args(TestKeyStore.in(directory))
			.args(IO_URING, "--server.ssl.bundle=test", "--server.http2.enabled=true")
			.start()
			.awaitReady()) {
			HttpReply reply = Http.trustAll().get("https://localhost:" + service.port() + "/json");

			assertThat(reply.status()).isEqualTo(200);
			assertThat(reply.version()).isEqualTo(Version.HTTP_2);
		}
	}

	@Test
	void whenReloadedUnderLoadWithIoUringThenNoRequestFails() {
		assumeIoUring();
		try (PreforkService service = withIoUring()
			.args(IO_URING, "--server.http2.enabled=true", "--prefork.reload.canary=0", "--prefork.graceful-timeout=8s")
			.start()
			.awaitReady()) {
			MixedLoad load = MixedLoad.allModes(service, "/pid", 60);

			assertThat(service.reload("(succeeded|rolled back)")).contains("gen=2 succeeded");

			load.awaitMoreOk(50).stopAndVerifyNoneFailed("a reload on io_uring");
			assertThat(service.readyWorkers().values()).allMatch(TransportIT::usesIoUring);
		}
	}

	@Test
	void whenOneWorkerIsStoppedThenTheOtherAcceptsItsConnectionsToo() throws IOException {
		assumeIoUring();
		try (PreforkService service = withIoUring().args(IO_URING, "--prefork.timeout=0").start().awaitReady()) {
			long stopped = service.readyWorker(0);
			PreforkService.signal(stopped, "STOP");
			try {
				for (int i = 0; i < 20; i++) {
					assertThat(answerTo(new byte[] { 127, 0, 0, 1 }, service.port())).startsWith("HTTP/1.1 200 OK");
				}
			}
			finally {
				PreforkService.signal(stopped, "CONT");
			}
		}
	}

	@Test
	void whenIoUringIsOnTheClassPathUnaskedThenServersAreOnEpoll() {
		assumeIoUring();
		try (PreforkService service = withIoUring().start().awaitReady()) {
			service.awaitLine(OWN_LOOPS);

			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
		}
	}

	@Test
	void whenIoUringIsMissingThenWorkersServeWithEpollAndSayWhatToAdd() {
		try (PreforkService service = PreforkService.builder().args(IO_URING).start().awaitReady()) {
			assertThat(service.awaitLine(REFUSED)).contains("netty-transport-native-io_uring is not on the class path");

			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
		}
	}

	@Test
	void whenNativeLibraryIsMissingThenWorkersServeWithEpollAndSayWhatToAdd() {
		try (PreforkService service = PreforkService.builder()
			.libraries(List.of(IoUringJars.classes()))
			.args(IO_URING)
			.start()
			.awaitReady()) {
			assertThat(service.awaitLine(REFUSED)).contains("with the classifier linux-");

			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
		}
	}

	@Test
	void whenSeccompFilterRefusesIoUringThenWorkersServeWithEpollAndSayWhatToAllow() {
		assumeIoUring();
		assumeThat(Path.of("/usr/bin/python3")).as("Installs the filter").exists();
		try (PreforkService service = withIoUring().wrappedBy(List.of("/usr/bin/python3", "-c", WITHOUT_IO_URING))
			.args(IO_URING)
			.start()
			.awaitReady()) {
			assertThat(service.awaitLine(REFUSED)).contains("a seccomp filter refuses it");

			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
		}
	}

	@Test
	void whenNioIsChosenThenAllProtocolsAreServedOnOnePort(@TempDir Path directory) throws IOException {
		try (PreforkService service = PreforkService.builder()
			.args(NIO)
			.args("--server.http2.enabled=true")
			.jvmOptions("-Dreactor.netty.http.server.accessLogEnabled=true")
			.start()
			.awaitReady()) {
			if (!MIGRATES) {
				service.awaitLine("set the sysctl net.ipv4.tcp_migrate_req to 1");
			}
			Set<String> pids = new HashSet<>();
			for (int i = 0; i < 30; i++) {
				pids.add(Http.http11().get(service.url("/pid")).body());
			}
			assertThat(pids).hasSize(2);
			assertThat(Http.http2().get(service.url("/hello")).version()).isEqualTo(Version.HTTP_2);
			assertThat(answerTo(new byte[] { 127, 0, 0, 3 }, service.port())).startsWith("HTTP/1.1 200 OK");
			service.awaitLine("127.0.0.3 - - [");
		}
		try (PreforkService service = PreforkService.builder()
			.args(NIO)
			.args(TestKeyStore.in(directory))
			.args("--server.ssl.bundle=test", "--server.http2.enabled=true")
			.start()
			.awaitReady()) {
			HttpReply reply = Http.trustAll().get("https://localhost:" + service.port() + "/json");

			assertThat(reply.version()).isEqualTo(Version.HTTP_2);
		}
	}

	@Test
	void whenReloadedUnderLoadWithNioThenAtMostWhatWaitedInAQueueIsLost() {
		try (PreforkService service = PreforkService.builder()
			.args(NIO)
			.args("--server.http2.enabled=true", "--prefork.reload.canary=0", "--prefork.graceful-timeout=8s")
			.start()
			.awaitReady()) {
			MixedLoad load = MixedLoad.allModes(service, "/pid", 60);

			assertThat(service.reload("(succeeded|rolled back)")).contains("gen=2 succeeded");

			load.awaitMoreOk(50).stop("a reload on nio");
			assertThat(load.failed()).isLessThanOrEqualTo(MIGRATES ? 0 : load.clients());
		}
	}

	private static PreforkServiceBuilder withIoUring() {
		return PreforkService.builder().libraries(IoUringJars.all()).args("--prefork.workers=2");
	}

	private static void assumeIoUring() {
		assumeThat(IoUring.isAvailable())
			.as(() -> "io_uring can't be tested here: " + IoUring.unavailabilityCause().getMessage())
			.isTrue();
	}

	/**
	 * Whether a process has a ring: see io_uring_setup(2) and proc(5).
	 * @param pid the process
	 * @return {@code true} if it has
	 */
	private static boolean usesIoUring(long pid) {
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/%d/fd".formatted(pid)))) {
			return descriptors.anyMatch(TransportIT::isRing);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isRing(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().equals("anon_inode:[io_uring]");
		}
		catch (IOException ex) {
			// It has been closed meanwhile.
			return false;
		}
	}

	private static boolean migrates() {
		try {
			return Files.readString(Path.of("/proc/sys/net/ipv4/tcp_migrate_req")).strip().equals("1");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static String answerTo(byte[] client, int port) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByAddress(client), 0)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

}
