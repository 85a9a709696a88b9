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

package io.prefork.boot.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/**
 * A listener of this worker's own on a port that the master keeps. It is bound when it is
 * to accept for the first time, since from then on the kernel gives it connections. When
 * it is closed what waits in its accept queue is accepted first; what comes between that
 * and the end is reset, unless net.ipv4.tcp_migrate_req is set.
 */
final class OwnServerSocketChannel extends NioServerSocketChannel {

	private final InetSocketAddress address;

	private boolean bound;

	OwnServerSocketChannel(InetSocketAddress address) {
		this.address = address;
		pipeline().addLast(new Leaving());
	}

	@Override
	public boolean isActive() {
		return isOpen();
	}

	@Override
	protected SocketAddress localAddress0() {
		return this.address;
	}

	@Override
	protected void doBeginRead() throws Exception {
		if (!this.bound) {
			this.bound = true;
			javaChannel().setOption(StandardSocketOptions.SO_REUSEPORT, true);
			javaChannel().bind(this.address, config().getBacklog());
		}
		super.doBeginRead();
	}

	@Override
	protected void doClose() throws Exception {
		List<Object> last = new ArrayList<>();
		while (this.bound && doReadMessages(last) > 0) {
			// Until the queue is empty.
		}
		super.doClose();
		last.forEach(pipeline()::fireChannelRead);
	}

	/**
	 * Takes the channel from its selector before it is closed: as long as it is
	 * registered the JVM only marks it as closed, and the socket goes on to listen.
	 */
	private final class Leaving extends ChannelOutboundHandlerAdapter {

		@Override
		public void close(ChannelHandlerContext context, ChannelPromise promise) {
			if (OwnServerSocketChannel.this.bound && javaChannel().isRegistered()) {
				SelectionKey key = registration().attachment();
				key.cancel();
				// The selector lets go of it when it selects the next time.
				eventLoop().schedule(() -> close(context, promise), 1, TimeUnit.MILLISECONDS);
			}
			else {
				context.close(promise);
			}
		}

	}

}
