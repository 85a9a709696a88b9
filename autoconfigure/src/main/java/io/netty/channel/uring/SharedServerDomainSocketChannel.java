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

package io.netty.channel.uring;

import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;

/**
 * The same as a {@link SharedServerSocketChannel} for a Unix domain socket, whose file is
 * somebody else's.
 */
public final class SharedServerDomainSocketChannel extends io.netty.channel.epoll.SharedServerDomainSocketChannel {

	/**
	 * Create a listener.
	 * @param descriptor the listening socket, which the listener closes when it is closed
	 * @param address where it listens
	 */
	public SharedServerDomainSocketChannel(FileDescriptor descriptor, DomainSocketAddress address) {
		super(descriptor, address);
	}

	@Override
	public Channel connection(int descriptor) {
		return new IoUringDomainSocketChannel(this, new LinuxSocket(descriptor));
	}

}
