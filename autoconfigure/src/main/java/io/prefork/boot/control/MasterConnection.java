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
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

import io.prefork.protocol.Distribution;
import io.prefork.protocol.Frames;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Message;
import io.prefork.protocol.Message.Purpose;
import io.prefork.protocol.ProtocolException;
import io.prefork.protocol.WorkerIdentity;

/**
 * The worker's end of the control channel. Has a thread of its own, so that it works when
 * every event loop is blocked. Thread-safe.
 */
public final class MasterConnection {

	private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

	private static final Duration END_LIMIT = Duration.ofSeconds(5);

	private final Map<Integer, CompletableFuture<HandedListener>> pending = new ConcurrentHashMap<>();

	private final Map<BindAddress, Integer> occurrences = new HashMap<>();

	private final Map<FromWorker.Listen, Integer> listeners = new ConcurrentHashMap<>();

	private final Map<Integer, FromWorker.Listen> asked = new ConcurrentHashMap<>();

	private final BlockingQueue<FileDescriptor> descriptors = new LinkedBlockingQueue<>();

	private final WorkerIdentity identity;

	private final SocketChannel channel;

	private final SocketHandler sockets;

	private volatile @Nullable DescriptorReceiver connections;

	private volatile boolean ended;

	private int requests;

	private MasterConnection(WorkerIdentity identity, SocketChannel channel, SocketHandler sockets) {
		this.identity = identity;
		this.channel = channel;
		this.sockets = sockets;
	}

	/**
	 * Connect to the master.
	 * @param identity who this worker is
	 * @param messages is given what the master says, on the control thread
	 * @param sockets takes the sockets that the master sends without being asked
	 * @param end is run when the connection has ended, on the control thread
	 * @return the connection
	 * @throws IOException if the master can't be reached
	 */
	public static MasterConnection open(WorkerIdentity identity, Consumer<Message> messages, SocketHandler sockets,
			Runnable end) throws IOException {
		SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(identity.socket()));
		MasterConnection connection = new MasterConnection(identity, channel, sockets);
		DescriptorReceiver.connect(identity.socket(), hello(identity, Purpose.DESCRIPTORS),
				connection.descriptors::add);
		connection.write(Frames.encode(hello(identity, Purpose.CONTROL)));
		Thread reader = new Thread(() -> connection.read(messages, end), "prefork-control");
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
	public HandedListener listen(BindAddress address) {
		return ask(address, false);
	}

	/**
	 * Let the master keep a port that this worker binds itself (SO_REUSEPORT, see
	 * socket(7)), blocking until that is done.
	 * @param address the address to listen on, not a Unix domain socket
	 * @return a socket that is bound, and so knows the true port, but does not listen
	 * @throws ListenerRefusedException if the address can't be had
	 */
	public HandedListener reserve(BindAddress address) {
		return ask(address, true);
	}

	private synchronized HandedListener ask(BindAddress address, boolean reserved) {
		int request = ++this.requests;
		int occurrence = this.occurrences.merge(address, 1, Integer::sum) - 1;
		CompletableFuture<HandedListener> answer = new CompletableFuture<>();
		this.pending.put(request, answer);
		if (this.ended) {
			failPending();
		}
		FromWorker.Listen listen = new FromWorker.Listen(request, address.host(), address.port(), occurrence, 0,
				reserved);
		this.asked.put(request, listen);
		send(listen);
		try {
			HandedListener listener = answer.get(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
			this.listeners.put(key(listen, 0), listener.descriptor().intValue());
			return listener;
		}
		catch (ExecutionException ex) {
			throw new ListenerRefusedException(
					String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex).getMessage()), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ListenerRefusedException("Interrupted while waiting for a listener on " + address, ex);
		}
		catch (TimeoutException ex) {
			throw new ListenerRefusedException("The master did not hand over a listener on " + address, ex);
		}
	}

	/**
	 * The listeners that the master gave to this worker.
	 * @return their descriptors by what they were asked for with
	 */
	public Map<FromWorker.Listen, Integer> listeners() {
		return Map.copyOf(this.listeners);
	}

	/**
	 * Ask the master to pass no more connections, and wait until all that it has passed
	 * are here. Returns at once if it does not pass any.
	 */
	public void endConnections() {
		DescriptorReceiver receiver = this.connections;
		if (receiver != null) {
			send(new FromWorker.Enough());
			receiver.awaitEnd(END_LIMIT);
		}
	}

	private void read(Consumer<Message> messages, Runnable end) {
		try {
			for (Message message = Frames.read(this.channel); message != null; message = Frames.read(this.channel)) {
				receive(message, messages);
			}
		}
		catch (IOException | ProtocolException ex) {
			// The connection can't be used any more.
		}
		this.ended = true;
		failPending();
		end.run();
	}

	private void failPending() {
		this.pending.values().forEach((answer) -> answer.completeExceptionally(new IOException("The master is gone")));
	}

	private void receive(Message message, Consumer<Message> messages) throws IOException {
		if (message instanceof FromMaster.Listening listening) {
			FileDescriptor descriptor = nextDescriptor();
			if (listening.distribution() == Distribution.DISPATCH && this.connections == null) {
				this.connections = DescriptorReceiver.connect(this.identity.socket(),
						hello(this.identity, Purpose.CONNECTIONS), this.sockets::serve);
			}
			answer(listening.request())
				.complete(new HandedListener(descriptor, listening.request(), listening.distribution()));
		}
		else if (message instanceof FromMaster.Cover cover) {
			cover(cover, nextDescriptor());
		}
		else if (message instanceof FromMaster.Uncover uncover) {
			uncover(uncover);
		}
		else if (message instanceof FromMaster.Refused refused) {
			answer(refused.request()).completeExceptionally(new ListenerRefusedException(refused.reason()));
		}
		else {
			messages.accept(message);
		}
	}

	private void cover(FromMaster.Cover cover, FileDescriptor socket) {
		FromWorker.Listen listen = this.asked.get(cover.request());
		if (listen != null && cover.number() != 0) {
			this.listeners.put(key(listen, cover.number()), socket.intValue());
		}
		this.sockets.cover(cover.request(), cover.number(), socket);
	}

	private void uncover(FromMaster.Uncover uncover) {
		FromWorker.Listen listen = this.asked.get(uncover.request());
		if (listen != null && uncover.number() != 0) {
			this.listeners.remove(key(listen, uncover.number()));
		}
		this.sockets.uncover(uncover.request(), uncover.number());
	}

	private static FromWorker.Listen key(FromWorker.Listen listen, int number) {
		return new FromWorker.Listen(0, listen.host(), listen.port(), listen.occurrence(), number, listen.reserved());
	}

	/**
	 * The descriptor that the master promised in the message before. Both connections
	 * keep their order, so it is the next one.
	 * @return the descriptor
	 * @throws IOException if it does not come
	 */
	private FileDescriptor nextDescriptor() throws IOException {
		try {
			FileDescriptor descriptor = this.descriptors.poll(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
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

	private CompletableFuture<HandedListener> answer(int request) {
		CompletableFuture<HandedListener> answer = this.pending.remove(request);
		return (answer != null) ? answer : new CompletableFuture<>();
	}

	private void write(ByteBuffer frame) throws IOException {
		synchronized (this.channel) {
			while (frame.hasRemaining()) {
				this.channel.write(frame);
			}
		}
	}

	private static Message.Hello hello(WorkerIdentity identity, Purpose purpose) {
		return new Message.Hello(Frames.VERSION, purpose, identity.slot(), identity.incarnation(), identity.token());
	}

}
