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

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.PeerCredentials;
import org.jspecify.annotations.Nullable;

import io.prefork.launcher.edge.WorkerSession;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.Message;

/**
 * The two connections of one worker.
 */
final class ControlSession implements WorkerSession {

	private final Queue<FileDescriptor> waiting = new ArrayDeque<>();

	private final Admission admission;

	private final String token;

	private final Runnable forget;

	private @Nullable Channel control;

	private @Nullable Channel descriptors;

	private @Nullable Channel connections;

	/**
	 * Create a session.
	 * @param token the token that the worker has to show
	 * @param forget called when the session is closed
	 */
	ControlSession(String token, Runnable forget) {
		this.token = token;
		this.forget = forget;
		this.admission = new Admission(token);
	}

	@Override
	public String token() {
		return this.token;
	}

	@Override
	public synchronized void started(long pid) {
		this.admission.onlyFor(pid);
	}

	synchronized boolean admits(Message.Hello hello, PeerCredentials peer) {
		return this.admission.admits(hello, peer);
	}

	synchronized void controlConnected(Channel channel) {
		this.control = channel;
	}

	synchronized void descriptorsConnected(Channel channel) {
		this.descriptors = channel;
		while (!this.waiting.isEmpty()) {
			channel.writeAndFlush(this.waiting.remove());
		}
	}

	@Override
	public synchronized void send(FromMaster message) {
		if (this.control != null) {
			this.control.writeAndFlush(message);
		}
	}

	@Override
	public synchronized void sendDescriptor(FromMaster message, int descriptor) {
		send(message);
		FileDescriptor wrapped = new FileDescriptor(descriptor);
		if (this.descriptors != null) {
			this.descriptors.writeAndFlush(wrapped);
		}
		else {
			this.waiting.add(wrapped);
		}
	}

	synchronized void connectionsConnected(Channel channel) {
		this.connections = channel;
	}

	@Override
	public synchronized void sendConnection(int descriptor, Consumer<Boolean> sent) {
		if (this.connections != null) {
			this.connections.writeAndFlush(new FileDescriptor(descriptor))
				.addListener((written) -> sent.accept(written.isSuccess()));
		}
		else {
			sent.accept(false);
		}
	}

	@Override
	public synchronized void endConnections() {
		if (this.connections != null) {
			// After what has been written before, which may have to wait for room.
			this.connections.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
		}
	}

	@Override
	public synchronized void close() {
		this.forget.run();
		if (this.connections != null) {
			this.connections.close();
		}
		if (this.control != null) {
			this.control.close();
		}
		if (this.descriptors != null) {
			this.descriptors.close();
		}
	}

}
