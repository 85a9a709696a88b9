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
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

import io.prefork.protocol.Message;

/**
 * Receives descriptors from the master over a connection of its own (SCM_RIGHTS, see
 * unix(7)).
 */
final class DescriptorReceiver {

	private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

	private final Consumer<FileDescriptor> received;

	private DescriptorReceiver(Consumer<FileDescriptor> received) {
		this.received = received;
	}

	/**
	 * Connect to the master.
	 * @param socket the master's socket
	 * @param hello what to say first
	 * @param received is given each descriptor, on a thread of its own
	 * @return the receiver
	 * @throws IOException if the master can't be reached
	 */
	static DescriptorReceiver connect(Path socket, Message.Hello hello, Consumer<FileDescriptor> received)
			throws IOException {
		DescriptorReceiver receiver = new DescriptorReceiver(received);
		ControlChannel.connect(new Bootstrap()
			.option(EpollChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
			.handler(receiver.new Handler()), "prefork-descriptors", socket, hello);
		return receiver;
	}

	/**
	 * Wait until the master has ended the connection, after which no descriptor comes.
	 * @param limit how long to wait at most
	 */
	void awaitEnd(Duration limit) {
		try {
			this.end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			// The master does not answer, so nothing is lost by going on.
		}
	}

	private final class Handler extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			DescriptorReceiver.this.received.accept((FileDescriptor) message);
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			DescriptorReceiver.this.end.complete(null);
		}

	}

}
