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

import io.netty.channel.unix.FileDescriptor;

/**
 * An io_uring listener around the descriptor of a socket that listens already, and from
 * which other processes accept as well. Its package is Netty's because Netty offers no
 * constructor that takes a descriptor, neither for a listener nor for the connections
 * that come from it; so it works on the class path and not on the module path.
 * <p>
 * Waits for connections with a poll and accepts them after that. An accept that waits in
 * the kernel is woken alone (see io_uring_prep_accept(3) and EPOLLEXCLUSIVE in
 * epoll_ctl(2)): a process that has stopped would keep the connection it was woken for
 * from all others.
 */
abstract class SharedServerChannel extends AbstractIoUringServerChannel {

	SharedServerChannel(FileDescriptor descriptor) {
		super(new LinuxSocket(descriptor.intValue()), true);
	}

	@Override
	boolean isPollInFirst() {
		return true;
	}

	@Override
	protected boolean allowMultiShotPollIn() {
		return false;
	}

}
