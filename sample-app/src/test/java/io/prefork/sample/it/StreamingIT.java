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
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.Jdks;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Content that is many times larger than a worker's memory goes through it, with each
 * worker class.
 */
@Tag("slow")
class StreamingIT {

	private static final long GIBIBYTE = 1L << 30;

	private static final int MEBIBYTES = 1024;

	@ParameterizedTest
	@ValueSource(strings = { "event-loop", "sync", "threads", "virtual-threads" })
	void whenContentIsLargerThanMemoryThenItGoesThrough(String workerClass) throws IOException {
		try (PreforkService service = service(workerClass).start().awaitReady()) {
			long worker = service.readyWorker(0);

			assertThat(upload(service)).contains("200 OK", "\"size\":" + GIBIBYTE);
			assertThat(download(service, false)).isEqualTo(GIBIBYTE);
			assertThat(download(service, !workerClass.equals("sync"))).isEqualTo(GIBIBYTE);

			assertThat(service.readyWorker(0)).isEqualTo(worker);
			assertThat(service.output()).doesNotContain("OutOfMemory", "OutOfDirectMemory", "LEAK");
		}
	}

	private static PreforkServiceBuilder service(String workerClass) {
		PreforkServiceBuilder service = PreforkService.builder()
			.args("--prefork.worker-class=" + workerClass, "--prefork.workers=1", "--prefork.jvm.heap=96MB",
					"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC");
		if (workerClass.equals("virtual-threads")) {
			assumeThat(Jdks.atLeast(21)).as("a JDK with virtual threads").isPresent();
			Path home = Jdks.atLeast(21).orElseThrow();
			return service.javaHome(home);
		}
		return service;
	}

	private static String upload(PreforkService service) throws IOException {
		try (Socket socket = new Socket("localhost", service.port())) {
			OutputStream out = socket.getOutputStream();
			out.write("POST /upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
				.formatted(GIBIBYTE)
				.getBytes(StandardCharsets.US_ASCII));
			byte[] mebibyte = new byte[1 << 20];
			for (int sent = 0; sent < MEBIBYTES; sent++) {
				out.write(mebibyte);
			}
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/**
	 * Load content.
	 * @param service the service
	 * @param slow whether to read nothing for a while, in which others are answered
	 * @return the length of the content
	 * @throws IOException if the connection is broken
	 */
	private static long download(PreforkService service, boolean slow) throws IOException {
		try (Socket socket = new Socket("localhost", service.port())) {
			socket.getOutputStream()
				.write("GET /download?mb=%d HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
					.formatted(MEBIBYTES)
					.getBytes(StandardCharsets.US_ASCII));
			InputStream in = socket.getInputStream();
			skipHead(in);
			long length = in.readNBytes(1 << 16).length;
			if (slow) {
				othersAreAnswered(service);
			}
			byte[] buffer = new byte[1 << 16];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				length += read;
			}
			return length;
		}
	}

	private static void othersAreAnswered(PreforkService service) {
		for (int i = 0; i < 200; i++) {
			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
		}
	}

	private static void skipHead(InputStream in) throws IOException {
		int matched = 0;
		byte[] end = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
		while (matched < end.length) {
			int next = in.read();
			assertThat(next).isNotNegative();
			if (next == end[matched]) {
				matched++;
			}
			else {
				matched = (next == end[0]) ? 1 : 0;
			}
		}
	}

}
