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

package io.prefork.sample.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * An HTTP/1.1 client for a Unix domain socket, one connection per request.
 */
public final class UnixHttp {

	private UnixHttp() {
	}

	/**
	 * Send a request.
	 * @param socket the socket's file
	 * @param path the path of the request
	 * @return the body of the answer
	 * @throws IOException if there is none, or its status is not 200
	 */
	public static String get(Path socket, String path) throws IOException {
		String request = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path);
		try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
			channel.write(StandardCharsets.US_ASCII.encode(request));
			InputStream in = Channels.newInputStream(channel);
			String answer = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
			int body = answer.indexOf("\r\n\r\n");
			if (!answer.startsWith("HTTP/1.1 200 ") || body < 0) {
				throw new IOException("No answer, but: " + answer);
			}
			return answer.substring(body).strip();
		}
	}

}
