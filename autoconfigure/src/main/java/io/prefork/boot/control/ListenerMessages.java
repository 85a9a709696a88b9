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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

import io.prefork.contract.Distribution;
import io.prefork.contract.WorkerIdentity;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.Message.Purpose;

/**
 * Handles what the master says about listeners, on the thread that reads.
 */
final class ListenerMessages implements FromMaster.ListenerHandler {

	private final BlockingQueue<FileDescriptor> descriptors = new LinkedBlockingQueue<>();

	private final WorkerIdentity identity;

	private final ListenerRequests requests;

	private final SocketHandler sockets;

	private final Duration limit;

	private volatile @Nullable DescriptorReceiver connections;

	/**
	 * Create a handler.
	 * @param identity who this worker is
	 * @param requests what it has asked for
	 * @param sockets takes the sockets that the master sends without being asked
	 * @param limit how long to wait for a descriptor that was promised
	 */
	ListenerMessages(WorkerIdentity identity, ListenerRequests requests, SocketHandler sockets, Duration limit) {
		this.identity = identity;
		this.requests = requests;
		this.sockets = sockets;
		this.limit = limit;
	}

	/**
	 * A descriptor has arrived; called on the thread that receives them.
	 * @param descriptor the descriptor
	 */
	void received(FileDescriptor descriptor) {
		this.descriptors.add(descriptor);
	}

	/**
	 * The way on which connections come that the master has accepted.
	 * @return the receiver, or {@code null} if there is none
	 */
	@Nullable DescriptorReceiver connections() {
		return this.connections;
	}

	@Override
	public void listening(FromMaster.Listening message) {
		try {
			FileDescriptor descriptor = nextDescriptor();
			if (message.distribution() == Distribution.DISPATCH && this.connections == null) {
				this.connections = DescriptorReceiver.connect(this.identity.socket(),
						MasterConnection.hello(this.identity, Purpose.CONNECTIONS), this.sockets::serve);
			}
			this.requests.granted(new ReceivedListener(descriptor, message.request(), message.distribution()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void refused(FromMaster.Refused message) {
		this.requests.refused(message.request(), message.reason());
	}

	@Override
	public void assignSocket(FromMaster.AssignSocket message) {
		try {
			FileDescriptor socket = nextDescriptor();
			this.requests.assigned(message.request(), message.number(), socket.intValue());
			this.sockets.assignSocket(message.request(), message.number(), socket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void revokeSocket(FromMaster.RevokeSocket message) {
		this.requests.revoked(message.request(), message.number());
		this.sockets.revokeSocket(message.request(), message.number());
	}

	/**
	 * The descriptor that the master promised in the message before. Both connections
	 * keep their order, so it is the next one.
	 * @return the descriptor
	 * @throws IOException if it does not come
	 */
	private FileDescriptor nextDescriptor() throws IOException {
		try {
			FileDescriptor descriptor = this.descriptors.poll(this.limit.toMillis(), TimeUnit.MILLISECONDS);
			if (descriptor == null) {
				throw new IOException("The master promised a descriptor that did not arrive");
			}
			return descriptor;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while waiting for a descriptor", ex);
		}
	}

}
