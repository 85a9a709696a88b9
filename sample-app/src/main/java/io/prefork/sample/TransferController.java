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

package io.prefork.sample;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes and sends bodies of any size, piece by piece at the pace of the client.
 */
@RestController
class TransferController {

	private static final int MAX_MEBIBYTES = 1024;

	private static final int CHUNKS_PER_MEBIBYTE = 64;

	private static final byte[] CHUNK = chunk();

	/**
	 * Read the body to its end.
	 * @param request the request
	 * @return its size and digest
	 */
	@PostMapping(path = "/upload", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<Upload> upload(ServerHttpRequest request) {
		return request.getBody().collect(UploadDigest::new, UploadDigest::update).map(UploadDigest::result);
	}

	/**
	 * Send a body in which the byte at offset {@code n} is {@code n % 256}.
	 * @param mb its size in MiB
	 * @param response the response
	 * @return the body
	 */
	@GetMapping("/download")
	ResponseEntity<Flux<DataBuffer>> download(@RequestParam(defaultValue = "10") int mb, ServerHttpResponse response) {
		Parameters.checkRange("mb", mb, 0, MAX_MEBIBYTES);
		int chunks = mb * CHUNKS_PER_MEBIBYTE;
		DataBufferFactory factory = response.bufferFactory();
		// The one array is wrapped, not copied to pooled memory: when the client leaves,
		// there is nothing to release.
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.contentLength((long) chunks * CHUNK.length)
			.body(Flux.range(0, chunks).map((index) -> factory.wrap(CHUNK)));
	}

	private static byte[] chunk() {
		byte[] chunk = new byte[1024 * 1024 / CHUNKS_PER_MEBIBYTE];
		for (int i = 0; i < chunk.length; i++) {
			chunk[i] = (byte) i;
		}
		return chunk;
	}

}
