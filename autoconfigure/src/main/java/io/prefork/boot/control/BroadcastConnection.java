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

package io.prefork.boot.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

import io.prefork.contract.WorkerIdentity;
import io.prefork.protocol.Frames;
import io.prefork.protocol.Message;
import io.prefork.protocol.Message.Purpose;

/**
 * The way to all other workers of the service that listen. Nothing waits on it: what has
 * no room is not sent.
 */
public final class BroadcastConnection implements AutoCloseable {

	private static final WriteBufferWaterMark ROOM = new WriteBufferWaterMark(1 << 19, 1 << 20);

	private final AtomicLong sequence = new AtomicLong();

	private final WorkerIdentity identity;

	private final Channel channel;

	private BroadcastConnection(WorkerIdentity identity, Channel channel) {
		this.identity = identity;
		this.channel = channel;
	}

	/**
	 * Connect to the others by way of the master.
	 * @param identity who this worker is
	 * @param received is given what others say, on a thread of its own; it has to be done
	 * with the content when it returns
	 * @return the connection
	 * @throws IOException if the master can't be reached
	 */
	public static BroadcastConnection open(WorkerIdentity identity, Consumer<Message.Broadcast> received)
			throws IOException {
		return new BroadcastConnection(identity, ControlChannel.connect(new Bootstrap().handler(initializer(received)),
				"prefork-broadcast", identity.socket(), MasterConnection.hello(identity, Purpose.BROADCAST)));
	}

	/**
	 * Say something to all others.
	 * @param topic what it is about
	 * @param content what to say
	 * @return {@code false} if there is no room for it, or the master is gone
	 */
	public boolean send(String topic, ByteBuffer content) {
		if (!this.channel.isWritable()) {
			return false;
		}
		this.channel.writeAndFlush(Unpooled.wrappedBuffer(Frames
			.encode(new Message.Broadcast(this.identity.line(), this.sequence.incrementAndGet(), topic, content))));
		return true;
	}

	@Override
	public void close() {
		this.channel.close();
		this.channel.eventLoop().parent().shutdownGracefully();
	}

	private static ChannelInitializer<Channel> initializer(Consumer<Message.Broadcast> received) {
		return new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				channel.config().setWriteBufferWaterMark(ROOM);
				channel.pipeline()
					.addLast(new LengthFieldBasedFrameDecoder(Frames.MAX_LENGTH + Frames.LENGTH_FIELD, 0,
							Frames.LENGTH_FIELD, 0, Frames.LENGTH_FIELD), new Handler(received));
			}

		};
	}

	/**
	 * Reads what others say.
	 */
	private static final class Handler extends SimpleChannelInboundHandler<ByteBuf> {

		private final Consumer<Message.Broadcast> received;

		Handler(Consumer<Message.Broadcast> received) {
			this.received = received;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
			if (Frames.decode(frame.nioBuffer()) instanceof Message.Broadcast message) {
				this.received.accept(message);
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

	}

}
