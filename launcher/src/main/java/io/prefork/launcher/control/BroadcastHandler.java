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

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

import io.prefork.protocol.Frames;

/**
 * Passes on what one worker says to all others that listen, without looking into it.
 * Nobody waits for a worker that does not read: it misses what it has no room for.
 */
final class BroadcastHandler extends SimpleChannelInboundHandler<ByteBuf> {

	private static final WriteBufferWaterMark ROOM = new WriteBufferWaterMark(1 << 19, 1 << 20);

	private final ChannelGroup members;

	private BroadcastHandler(ChannelGroup members) {
		this.members = members;
	}

	/**
	 * Let a connection take part, on its event loop.
	 * @param channel the connection, which was admitted
	 * @param members all that take part, on the same event loop
	 */
	static void join(Channel channel, ChannelGroup members) {
		channel.config().setWriteBufferWaterMark(ROOM);
		ChannelPipeline pipeline = channel.pipeline();
		pipeline.addLast(
				new LengthFieldBasedFrameDecoder(Frames.MAX_LENGTH + Frames.LENGTH_FIELD, 0, Frames.LENGTH_FIELD),
				new BroadcastHandler(members));
		members.add(channel);
		// What it has read beyond the first frame goes to the new decoder.
		pipeline.remove(FrameDecoder.class);
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
		for (Channel member : this.members) {
			if (member != context.channel() && member.isWritable()) {
				member.writeAndFlush(frame.retainedDuplicate());
			}
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
