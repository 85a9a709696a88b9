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

package io.prefork.handover;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;

/**
 * What the system tells about a TCP socket: {@code TCP_INFO} of tcp(7).
 */
public final class TcpInfo {

	private static final ChannelOption<ByteBuffer> OPTION = new RawUnixChannelOption("TCP_INFO", 6, 11, 32);

	/**
	 * Where {@code tcpi_unacked} is, which of a listening socket is the length of its
	 * accept queue, see tcp_get_info in net/ipv4/tcp.c of Linux.
	 */
	private static final int UNACKED = 24;

	private TcpInfo() {
	}

	/**
	 * Count the connections in the accept queue of a listener.
	 * @param listener the listener
	 * @return how many wait to be accepted; negative if the system does not tell it, as
	 * of Unix domain sockets and the JVM's own channels
	 */
	public static int waiting(Channel listener) {
		// Of a Unix domain socket the question itself fails.
		ByteBuffer info = (listener instanceof ServerSocketChannel) ? listener.config().getOption(OPTION) : null;
		return (info != null) ? info.order(ByteOrder.nativeOrder()).getInt(UNACKED) : -1;
	}

}
