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

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.ServerDomainSocketChannel;
import io.netty.channel.unix.Socket;

/**
 * The JVM's own channels. They can't be made from descriptors, so each worker has a
 * socket of its own on the port (SO_REUSEPORT, see socket(7)).
 */
public final class NioTransport implements ServerTransport {

	@Override
	public String label() {
		return "nio";
	}

	@Override
	public boolean isCompatible(EventLoopGroup group) {
		return group instanceof IoEventLoopGroup loops && loops.isCompatible(NioIoHandle.class);
	}

	@Override
	public boolean isNative() {
		return false;
	}

	@Override
	public IoHandlerFactory handlers() {
		return NioIoHandler.newFactory();
	}

	@Override
	public ServerSocketChannel listener(FileDescriptor descriptor) {
		return new OwnServerSocketChannel(new Socket(descriptor.intValue()).localAddress());
	}

	@Override
	public ServerDomainSocketChannel unixListener(FileDescriptor descriptor, DomainSocketAddress address) {
		throw new UnsupportedOperationException("The JVM's own channels can't be given a Unix domain socket");
	}

	@Override
	public Channel connection(ServerChannel listener, FileDescriptor descriptor) {
		throw new UnsupportedOperationException("The JVM's own channels can't be given a connection");
	}

	@Override
	public ServerSocketChannel newListener() {
		return new NioServerSocketChannel();
	}

}
