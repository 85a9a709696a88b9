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

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;

import io.prefork.contract.UnixSocketAddress;

/**
 * A Unix domain socket that listens.
 */
final class UnixListener implements BoundListener {

	private final Path file;

	private final EpollServerDomainSocketChannel channel;

	UnixListener(Path file, EpollServerDomainSocketChannel channel) {
		this.file = file;
		this.channel = channel;
	}

	/**
	 * The file that stands for it.
	 * @return the file
	 */
	Path file() {
		return this.file;
	}

	@Override
	public Map<Integer, Integer> descriptors() {
		return Map.of(0, this.channel.fd().intValue());
	}

	@Override
	public String text() {
		return UnixSocketAddress.PREFIX + this.file;
	}

	@Override
	public Stream<ServerChannel> channels() {
		return Stream.of(this.channel);
	}

	@Override
	public void close() {
		this.channel.close().syncUninterruptibly();
	}

}
