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
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

import io.prefork.protocol.Frames;
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

	private final Map<Integer, CompletableFuture<@Nullable Void>> pending = new ConcurrentHashMap<>();

	private final Map<InetSocketAddress, Integer> occurrences = new HashMap<>();

	private final Map<Message.Listen, Integer> listeners = new ConcurrentHashMap<>();

	private final SocketChannel channel;

	private final DescriptorReceiver descriptors;

	private volatile boolean ended;

	private int requests;

	private MasterConnection(SocketChannel channel, DescriptorReceiver descriptors) {
		this.channel = channel;
		this.descriptors = descriptors;
	}

	/**
	 * Connect to the master.
	 * @param identity who this worker is
	 * @param messages is given what the master says, on the control thread
	 * @param end is run when the connection has ended, on the control thread
	 * @return the connection
	 * @throws IOException if the master can't be reached
	 */
	public static MasterConnection open(WorkerIdentity identity, Consumer<Message> messages, Runnable end)
			throws IOException {
		DescriptorReceiver descriptors = DescriptorReceiver.connect(identity.socket(),
				hello(identity, Purpose.DESCRIPTORS));
		SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(identity.socket()));
		MasterConnection connection = new MasterConnection(channel, descriptors);
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
	 * @param address the address to listen on, resolved
	 * @return the descriptor of the listening socket, which is the caller's to close
	 * @throws ListenerRefusedException if there can't be one
	 */
	public FileDescriptor listen(InetSocketAddress address) {
		return ask(address, false);
	}

	/**
	 * Let the master keep a port that this worker binds itself (SO_REUSEPORT, see
	 * socket(7)), blocking until that is done.
	 * @param address the address to listen on, resolved
	 * @return the descriptor of a socket that is bound, and so knows the true port, but
	 * does not listen; the caller's to close
	 * @throws ListenerRefusedException if the address can't be had
	 */
	public FileDescriptor reserve(InetSocketAddress address) {
		return ask(address, true);
	}

	private synchronized FileDescriptor ask(InetSocketAddress address, boolean reserved) {
		int request = ++this.requests;
		int occurrence = this.occurrences.merge(address, 1, Integer::sum) - 1;
		CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();
		this.pending.put(request, answer);
		if (this.ended) {
			failPending();
		}
		String host = address.getAddress().getHostAddress();
		send(new Message.Listen(request, host, address.getPort(), occurrence, reserved));
		try {
			answer.get(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
			FileDescriptor descriptor = this.descriptors.next(ANSWER_LIMIT);
			this.listeners.put(new Message.Listen(0, host, address.getPort(), occurrence, reserved),
					descriptor.intValue());
			return descriptor;
		}
		catch (ExecutionException ex) {
			throw new ListenerRefusedException(
					String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex).getMessage()), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ListenerRefusedException("Interrupted while waiting for a listener on " + address, ex);
		}
		catch (TimeoutException | IOException ex) {
			throw new ListenerRefusedException("The master did not hand over a listener on " + address, ex);
		}
	}

	/**
	 * The listeners that the master gave to this worker.
	 * @return their descriptors by what they were asked for with
	 */
	public Map<Message.Listen, Integer> listeners() {
		return Map.copyOf(this.listeners);
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

	private void receive(Message message, Consumer<Message> messages) {
		if (message instanceof Message.Listening listening) {
			answer(listening.request()).complete(null);
		}
		else if (message instanceof Message.Refused refused) {
			answer(refused.request()).completeExceptionally(new ListenerRefusedException(refused.reason()));
		}
		else {
			messages.accept(message);
		}
	}

	private CompletableFuture<@Nullable Void> answer(int request) {
		CompletableFuture<@Nullable Void> answer = this.pending.remove(request);
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
