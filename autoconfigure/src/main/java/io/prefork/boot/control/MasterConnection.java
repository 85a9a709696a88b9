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
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;

import io.prefork.contract.WorkerIdentity;
import io.prefork.protocol.Frames;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromPeers;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Message;
import io.prefork.protocol.Message.Purpose;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.ProtocolException;

/**
 * The worker's end of the control channel. Has a thread of its own, so that it works when
 * every event loop is blocked. Thread-safe.
 */
public final class MasterConnection {

	private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

	private static final Duration END_LIMIT = Duration.ofSeconds(5);

	private static final Duration OPERATOR_LIMIT = Duration.ofSeconds(5);

	private final ListenerRequests requests = new ListenerRequests(ANSWER_LIMIT);

	private final ServiceRequests service = new ServiceRequests(this::send, OPERATOR_LIMIT);

	private final PeerRequests peers = new PeerRequests(this::send);

	private final PeerResponder responder = new PeerResponder(this::send);

	private final SocketChannel channel;

	private final ListenerMessages listeners;

	private MasterConnection(WorkerIdentity identity, SocketChannel channel, SocketHandler sockets) {
		this.channel = channel;
		this.listeners = new ListenerMessages(identity, this.requests, sockets, ANSWER_LIMIT);
	}

	/**
	 * Connect to the master.
	 * @param identity who this worker is
	 * @param orders does what the master says, on the thread that reads
	 * @param sockets takes the sockets that the master sends without being asked
	 * @param end is run when the connection has ended, on the control thread
	 * @return the connection
	 * @throws IOException if the master can't be reached
	 */
	public static MasterConnection open(WorkerIdentity identity, FromMaster.OrderHandler orders, SocketHandler sockets,
			Runnable end) throws IOException {
		SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(identity.socket()));
		MasterConnection connection = new MasterConnection(identity, channel, sockets);
		DescriptorReceiver.connect(identity.socket(), hello(identity, Purpose.DESCRIPTORS),
				connection.listeners::received);
		connection.write(Frames.encode(hello(identity, Purpose.CONTROL)));
		Thread reader = new Thread(() -> connection.read(orders, end), "prefork-control");
		reader.setDaemon(true);
		reader.start();
		return connection;
	}

	/**
	 * Send a message. If the master is gone the message is lost; the end of the
	 * connection is noticed elsewhere.
	 * @param message the message
	 */
	public void send(Message message) {
		try {
			write(Frames.encode(message));
		}
		catch (IOException ex) {
			// The reader sees the end of the connection.
		}
	}

	/**
	 * Get a listener from the master, blocking until it is there.
	 * @param address the address to listen on
	 * @return the listener
	 * @throws ListenerRefusedException if there can't be one
	 */
	public ReceivedListener listen(BindAddress address) {
		return ask(address, false);
	}

	/**
	 * Let the master keep a port that this worker binds itself (SO_REUSEPORT, see
	 * socket(7)), blocking until that is done.
	 * @param address the address to listen on, not a Unix domain socket
	 * @return a socket that is bound, and so knows the true port, but does not listen
	 * @throws ListenerRefusedException if the address can't be had
	 */
	public ReceivedListener reserve(BindAddress address) {
		return ask(address, true);
	}

	/**
	 * What operators can ask the master for.
	 * @return the requests
	 */
	public ServiceRequests service() {
		return this.service;
	}

	/**
	 * What this worker can ask the others.
	 * @return the requests
	 */
	public PeerRequests peers() {
		return this.peers;
	}

	/**
	 * What other workers can ask this one.
	 * @return the responder
	 */
	public PeerResponder responder() {
		return this.responder;
	}

	/**
	 * The listeners that the master gave to this worker.
	 * @return their descriptors by what they were asked for with
	 */
	public Map<FromWorker.Listen, Integer> listeners() {
		return this.requests.descriptors();
	}

	/**
	 * Ask the master to pass no more connections, and wait until all that it has passed
	 * are here. Returns at once if it does not pass any.
	 */
	public void endConnections() {
		DescriptorReceiver receiver = this.listeners.connections();
		if (receiver != null) {
			send(new FromWorker.StopDispatch());
			receiver.awaitEnd(END_LIMIT);
		}
	}

	static Message.Hello hello(WorkerIdentity identity, Purpose purpose) {
		return new Message.Hello(Frames.VERSION, purpose, identity.slot(), identity.incarnation(), identity.token());
	}

	private synchronized ReceivedListener ask(BindAddress address, boolean reserved) {
		FromWorker.Listen listen = this.requests.add(address, reserved);
		send(listen);
		return this.requests.await(listen, address);
	}

	private void read(FromMaster.OrderHandler orders, Runnable end) {
		try {
			Receiver receiver = new Receiver(orders);
			for (Message message = Frames.read(this.channel); message != null; message = Frames.read(this.channel)) {
				if (message instanceof FromMaster fromMaster) {
					fromMaster.accept(receiver);
				}
			}
		}
		catch (IOException | UncheckedIOException | ProtocolException ex) {
			// The connection can't be used any more.
		}
		this.requests.end();
		this.service.end();
		this.peers.end();
		end.run();
	}

	private void write(ByteBuffer frame) throws IOException {
		synchronized (this.channel) {
			while (frame.hasRemaining()) {
				this.channel.write(frame);
			}
		}
	}

	/**
	 * Handles what the master says, on the thread that reads.
	 */
	private final class Receiver implements FromMaster.Handler {

		private final FromMaster.OrderHandler orders;

		private Receiver(FromMaster.OrderHandler orders) {
			this.orders = orders;
		}

		@Override
		public void listening(FromMaster.Listening message) {
			MasterConnection.this.listeners.listening(message);
		}

		@Override
		public void refused(FromMaster.Refused message) {
			MasterConnection.this.listeners.refused(message);
		}

		@Override
		public void assignSocket(FromMaster.AssignSocket message) {
			MasterConnection.this.listeners.assignSocket(message);
		}

		@Override
		public void revokeSocket(FromMaster.RevokeSocket message) {
			MasterConnection.this.listeners.revokeSocket(message);
		}

		@Override
		public void status(OperatorAnswer.Status message) {
			MasterConnection.this.service.answered(message.request(), message);
		}

		@Override
		public void accepted(OperatorAnswer.Accepted message) {
			MasterConnection.this.service.answered(message.request(), message);
		}

		@Override
		public void rejected(OperatorAnswer.Rejected message) {
			MasterConnection.this.service.answered(message.request(), message);
		}

		@Override
		public void question(FromPeers.Question message) {
			MasterConnection.this.responder.question(message);
		}

		@Override
		public void asked(FromPeers.Asked message) {
			MasterConnection.this.peers.asked(message);
		}

		@Override
		public void peerPart(FromPeers.PeerPart message) {
			MasterConnection.this.peers.part(message);
		}

		@Override
		public void peerGone(FromPeers.PeerGone message) {
			MasterConnection.this.peers.gone(message);
		}

		@Override
		public void accept(FromMaster.Accept message) {
			this.orders.accept(message);
		}

		@Override
		public void lead(FromMaster.Lead message) {
			this.orders.lead(message);
		}

		@Override
		public void drain(FromMaster.Drain message) {
			this.orders.drain(message);
		}

		@Override
		public void dump() {
			this.orders.dump();
		}

		@Override
		public void reopenLogs() {
			this.orders.reopenLogs();
		}

	}

}
