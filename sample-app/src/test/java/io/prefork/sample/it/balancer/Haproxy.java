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

package io.prefork.sample.it.balancer;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

import io.prefork.sample.it.support.Programs;
import io.prefork.sample.it.support.Sockets;
import io.prefork.sample.it.support.TestKeyStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A HAProxy with {@code docs/deploy/haproxy}.
 */
final class Haproxy extends Balancer {

	private static final Path FILE = Path.of("..", "docs", "deploy", "haproxy", "haproxy.cfg");

	private final Path socket;

	private Haproxy(Ports ports, Process process, Path log, Path socket) {
		super(ports, process, log);
		this.socket = socket;
	}

	static Haproxy start(Path directory, List<String> servers, UnaryOperator<String> change) throws IOException {
		Path program = Programs.installed("haproxy");
		Ports ports = new Ports(Sockets.freePort(), Sockets.freePort());
		Path socket = directory.resolve("admin.sock");
		Path key = directory.resolve("app.pem");
		TestKeyStore.pem(key, key);
		String text = Files.readString(FILE);
		text = replace(text, "bind :80\n", "bind 127.0.0.1:%d\n".formatted(ports.plain()));
		text = replace(text, "bind :443 ", "bind 127.0.0.1:%d ".formatted(ports.tls()));
		text = replace(text, "/etc/haproxy/tls/app.pem", key.toString());
		text = replace(text, "/run/haproxy/admin.sock", socket.toString());
		text = replace(text, "server app1 app1.example.com:8080", "server app1 " + servers.get(0));
		text = replace(text, "    server app2 app2.example.com:8080\n",
				(servers.size() > 1) ? "    server app2 %s\n".formatted(servers.get(1)) : "");
		Path configuration = Files.writeString(directory.resolve("haproxy.cfg"), change.apply(text));
		Path log = directory.resolve("haproxy.log");
		Process process = Programs.start(log, program.toString(), "-db", "-f", configuration.toString());
		return new Haproxy(ports, process, log, socket);
	}

	@Override
	void weigh(int... weights) throws IOException {
		for (int i = 0; i < weights.length; i++) {
			assertThat(command("set server app/app%d weight %d".formatted(i + 1, weights[i]))).isBlank();
		}
	}

	private String command(String line) throws IOException {
		try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			channel.connect(UnixDomainSocketAddress.of(this.socket));
			channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
			return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

}
