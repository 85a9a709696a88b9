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

import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

import io.prefork.launcher.edge.ControlListener;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker;

/**
 * Passes on what a worker says once it is known who it is, no faster than it is dealt
 * with: what a worker says without end must not fill the memory, nor hold others up.
 */
final class WorkerHandler extends SimpleChannelInboundHandler<FromWorker> {

	private static final int MAX_PENDING = 256;

	private final AtomicInteger pending = new AtomicInteger();

	private final WorkerId id;

	private final ControlListener listener;

	WorkerHandler(WorkerId id, ControlListener listener) {
		super(FromWorker.class);
		this.id = id;
		this.listener = listener;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, FromWorker message) {
		if (this.pending.incrementAndGet() >= MAX_PENDING) {
			context.channel().config().setAutoRead(false);
		}
		this.listener.received(this.id, message, () -> {
			if (this.pending.decrementAndGet() == 0) {
				context.channel().config().setAutoRead(true);
			}
		});
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.listener.disconnected(this.id);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
