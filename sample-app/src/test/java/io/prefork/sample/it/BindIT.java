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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.IoUringJars;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.UnixHttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * A service can listen on several ports and on a Unix domain socket.
 */
class BindIT {

	@TempDir
	Path directory;

	@Test
	void whenServiceHasSeveralAddressesThenAllWorkersServeOnAllOfThem() throws Exception {
		verifyServed("dispatch", "epoll");
	}

	@Test
	@Tag("slow")
	void whenServiceOnIoUringHasSeveralAddressesThenAllWorkersServeOnAllOfThem() throws Exception {
		verifyServed("reuseport", "io_uring");
	}

	private void verifyServed(String distribution, String transport) throws Exception {
		Path socket = this.directory.resolve("app.sock");
		try (PreforkService service = start(socket, "--prefork.distribution=" + distribution,
				"--prefork.transport=" + transport)) {
			assertThat(service.addresses()).hasSize(3).contains("unix:" + socket);
			for (String address : service.addresses()) {
				Set<String> pids = new HashSet<>();
				await().atMost(Duration.ofSeconds(60)).until(() -> pids.add(ask(address, "/pid")) && pids.size() == 2);
			}
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket))).isEqualTo("rw-rw----");
			AtomicBoolean end = new AtomicBoolean();
			AtomicInteger answered = new AtomicInteger();
			FutureTask<?> load = new FutureTask<>(() -> {
				while (!end.get()) {
					UnixHttp.get(socket, "/pid");
					answered.incrementAndGet();
				}
				return null;
			});
			new Thread(load, "load").start();

			assertThat(service.reload("(succeeded|rolled back)")).contains("succeeded");

			end.set(true);
			load.get();
			assertThat(answered).hasPositiveValue();
			service.terminate();
			assertThat(service.awaitExit()).isZero();
			assertThat(this.directory).isEmptyDirectory();
		}
	}

	@Test
	void whenMasterIsUpgradedThenTheSocketStaysAndAfterAKillItsFileIsReplaced() throws Exception {
		Path socket = this.directory.resolve("app.sock");
		try (PreforkService service = start(socket)) {
			String before = UnixHttp.get(socket, "/pid");
			int from = service.signal("USR2");
			service.awaitLine(from, "upgrade succeeded");
			service.awaitExit();
			await().atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(UnixHttp.get(socket, "/pid")).isNotEqualTo(before));
			// What is left of the service is killed now.
		}
		assertThat(socket).exists();
		assertThatIOException().isThrownBy(() -> UnixHttp.get(socket, "/pid"));
		try (PreforkService service = start(socket)) {
			assertThat(service.descendants()).contains(Long.valueOf(UnixHttp.get(socket, "/pid")));
		}
	}

	@Test
	void whenThereIsOnlyASocketThenItIsServedAndAnotherServiceCanNotHaveIt() throws Exception {
		Path socket = this.directory.resolve("app.sock");
		try (PreforkService service = PreforkService.builder()
			.args("--prefork.workers=1", "--prefork.bind=unix:" + socket)
			.start()
			.awaitReady();
				PreforkService second = PreforkService.builder()
					.args("--prefork.workers=1", "--prefork.bind=unix:" + socket)
					.start()) {
			assertThat(service.addresses()).containsExactly("unix:" + socket);
			assertThat(second.awaitExit()).isEqualTo(4);
			assertThat(second.output())
				.contains("unix:%s can't be bound: another process listens on it".formatted(socket));
			assertThat(UnixHttp.get(socket, "/pid")).matches("\\d+");
		}
	}

	private PreforkService start(Path socket, String... args) {
		boolean uring = List.of(args).contains("--prefork.transport=io_uring");
		return PreforkService.builder()
			.libraries(uring ? IoUringJars.all() : List.of())
			.args("--prefork.workers=2", "--prefork.reload.canary=0", "--prefork.dispatch-strategy=round-robin",
					"--prefork.bind=127.0.0.1:0,[::1]:0,unix:%s?mode=0660".formatted(socket))
			.args(args)
			.start()
			.awaitReady();
	}

	private static String ask(String address, String path) throws IOException {
		return address.startsWith("unix:") ? UnixHttp.get(Path.of(address.substring("unix:".length())), path)
				: Http.http11().get("http://" + address + path).body();
	}

}
