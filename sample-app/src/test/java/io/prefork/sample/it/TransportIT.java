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

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.IoUringJars;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;
import io.prefork.sample.it.support.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Workers serve with the transport that was chosen, or say why they can't.
 */
class TransportIT {

	private static final String IO_URING = "--prefork.transport=io_uring";

	private static final String[] NIO = { "--prefork.transport=nio", "--prefork.distribution=reuseport",
			"--prefork.workers=1" };

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
	void whenOneWorkerIsStoppedThenTheOtherAcceptsItsConnectionsToo() {
		Transport.IO_URING.assumeAvailable();
		try (PreforkService service = withIoUring(2).args(IO_URING, "--prefork.timeout=0").start().awaitReady()) {
			long stopped = service.readyWorker(0);
			PreforkService.signal(stopped, "STOP");
			try {
				for (int i = 0; i < 20; i++) {
					assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
				}
			}
			finally {
				PreforkService.signal(stopped, "CONT");
			}
		}
	}

	@Test
	void whenIoUringIsOnTheClassPathUnaskedThenServersAreOnEpoll() {
		Transport.IO_URING.assumeAvailable();
		try (PreforkService service = withIoUring(1).start().awaitReady()) {
			service.awaitLine(OWN_LOOPS);

			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
		}
	}

	@Test
	void whenIoUringIsMissingThenWorkersServeWithEpollAndSayWhatToAdd() {
		try (PreforkService service = PreforkService.builder()
			.args("--prefork.workers=1", IO_URING)
			.start()
			.awaitReady()) {
			assertThat(service.awaitLine(REFUSED)).contains("netty-transport-native-io_uring is not on the class path");

			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
		}
	}

	@Test
	void whenNativeLibraryIsMissingThenWorkersServeWithEpollAndSayWhatToAdd() {
		try (PreforkService service = PreforkService.builder()
			.libraries(List.of(IoUringJars.classes()))
			.args("--prefork.workers=1", IO_URING)
			.start()
			.awaitReady()) {
			assertThat(service.awaitLine(REFUSED)).contains("with the classifier linux-");

			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
		}
	}

	@Test
	void whenSeccompFilterRefusesIoUringThenWorkersServeWithEpollAndSayWhatToAllow() {
		Transport.IO_URING.assumeAvailable();
		assumeThat(Path.of("/usr/bin/python3")).as("Installs the filter").exists();
		try (PreforkService service = withIoUring(1).wrappedBy(List.of("/usr/bin/python3", "-c", WITHOUT_IO_URING))
			.args(IO_URING)
			.start()
			.awaitReady()) {
			assertThat(service.awaitLine(REFUSED)).contains("a seccomp filter refuses it");

			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
		}
	}

	@Test
	void whenNioIsChosenThenItIsSaidHowToKeepAcceptQueues() {
		assumeThat(Transport.NIO.keepsQueues()).as("the kernel keeps accept queues").isFalse();
		try (PreforkService service = PreforkService.builder().args(NIO).start().awaitReady()) {
			service.awaitLine("set the sysctl net.ipv4.tcp_migrate_req to 1");
		}
	}

	private static PreforkServiceBuilder withIoUring(int workers) {
		return PreforkService.builder().libraries(Transport.IO_URING.libraries()).args("--prefork.workers=" + workers);
	}

}
