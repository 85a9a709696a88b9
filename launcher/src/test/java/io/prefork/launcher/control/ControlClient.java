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

package io.prefork.launcher.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.prefork.protocol.Frames;
import io.prefork.protocol.Message;

/**
 * The other end of a control connection.
 */
final class ControlClient implements AutoCloseable {

	private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);

	ControlClient(Path socket) throws IOException {
		this.channel.connect(UnixDomainSocketAddress.of(socket));
	}

	void say(Message message) throws IOException {
		say(Frames.encode(message));
	}

	void say(ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			this.channel.write(bytes);
		}
	}

	@Nullable Message hear() throws IOException {
		return Frames.read(this.channel);
	}

	/**
	 * Wait until the server has hung up, without a word.
	 * @return {@code false} if it said something
	 */
	boolean isHungUpOn() {
		try {
			return hear() == null;
		}
		catch (IOException ex) {
			// Reset, because there were bytes the server did not read.
			return true;
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
