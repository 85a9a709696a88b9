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

package io.prefork.launcher.operator;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.prefork.contract.RunDirectoryFiles;
import io.prefork.protocol.Frames;
import io.prefork.protocol.Message;
import io.prefork.protocol.Message.Purpose;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorRequest;
import io.prefork.status.ServiceStatus;

/**
 * A connection to a master, for its operator: the user of the service, or root. Each
 * method waits for the answer, but not for ever; not thread-safe.
 */
public final class OperatorConnection implements AutoCloseable {

	private static final String GONE = "the master has ended the connection: it stops, belongs to another user, "
			+ "or is of another version, which its log says";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Path directory;

	private final SocketChannel channel;

	private final Duration patience;

	private int last;

	private OperatorConnection(Path directory, SocketChannel channel, Duration patience) {
		this.directory = directory;
		this.channel = channel;
		this.patience = patience;
	}

	/**
	 * Connect.
	 * @param directory the master's run directory
	 * @return the connection
	 * @throws IOException if there is no master, or it is somebody else's
	 */
	public static OperatorConnection to(Path directory) throws IOException {
		return to(directory, PATIENCE);
	}

	static OperatorConnection to(Path directory, Duration patience) throws IOException {
		SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
		try {
			channel.connect(UnixDomainSocketAddress.of(RunDirectoryFiles.socketIn(directory)));
			OperatorConnection connection = new OperatorConnection(directory, channel, patience);
			connection.send(new Message.Hello(Frames.VERSION, Purpose.OPERATOR, 0, 0, ""));
			return connection;
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * The master's run directory.
	 * @return the directory
	 */
	public Path directory() {
		return this.directory;
	}

	/**
	 * Ask for the state of the service.
	 * @param usage whether it is wanted what each worker has of the machine, which takes
	 * some milliseconds for each
	 * @param history whether it is wanted what happened last
	 * @return the state
	 * @throws IOException if the master is gone or does not answer
	 */
	public ServiceStatus status(boolean usage, boolean history) throws IOException {
		OperatorRequest request = new OperatorRequest.GetStatus(++this.last, OperatorRequest.GetStatus.NO_SLOT, usage,
				history);
		if (ask(request) instanceof OperatorAnswer.Status answer) {
			return answer.status();
		}
		throw misunderstood();
	}

	/**
	 * Begin a reload.
	 * @return its number
	 * @throws IOException if the master is gone or does not answer
	 * @throws RequestRejectedException if there can't be one now
	 */
	public int reload() throws IOException, RequestRejectedException {
		return request(new OperatorRequest.Reload(++this.last));
	}

	/**
	 * Change the number of workers.
	 * @param workers how many there should be
	 * @throws IOException if the master is gone or does not answer
	 * @throws RequestRejectedException if there can't be so many
	 */
	public void scale(int workers) throws IOException, RequestRejectedException {
		request(new OperatorRequest.Scale(++this.last, workers));
	}

	/**
	 * Replace the worker of a slot.
	 * @param slot the number of the slot
	 * @throws IOException if the master is gone or does not answer
	 * @throws RequestRejectedException if there is nobody to replace
	 */
	public void recycle(int slot) throws IOException, RequestRejectedException {
		request(new OperatorRequest.Recycle(++this.last, slot));
	}

	/**
	 * Begin to stop the service. This connection ends when the master does.
	 * @param quick whether to cut what is in flight
	 * @throws IOException if the master is gone or does not answer
	 * @throws RequestRejectedException never
	 */
	public void stop(boolean quick) throws IOException, RequestRejectedException {
		request(new OperatorRequest.Stop(++this.last, quick));
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	private int request(OperatorRequest request) throws IOException, RequestRejectedException {
		OperatorAnswer answer = ask(request);
		if (answer instanceof OperatorAnswer.Rejected rejected) {
			throw new RequestRejectedException(rejected);
		}
		if (answer instanceof OperatorAnswer.Accepted accepted) {
			return accepted.number();
		}
		throw misunderstood();
	}

	private OperatorAnswer ask(OperatorRequest request) throws IOException {
		Executor later = CompletableFuture.delayedExecutor(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		CompletableFuture<Void> limit = CompletableFuture.runAsync(this::giveUp, later);
		Message answer;
		try {
			send(request);
			answer = Frames.read(this.channel);
		}
		catch (AsynchronousCloseException ex) {
			throw new IOException("the master has not answered for %d s: it hangs, or is stopped (SIGSTOP)"
				.formatted(this.patience.toSeconds()), ex);
		}
		catch (IOException ex) {
			throw new IOException(GONE, ex);
		}
		finally {
			limit.cancel(false);
		}
		if (answer instanceof OperatorAnswer expected) {
			return expected;
		}
		throw (answer != null) ? misunderstood() : new IOException(GONE);
	}

	private static IOException misunderstood() {
		return new IOException("the master answers what was not asked: it is of another version");
	}

	private void giveUp() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// It is not used any more.
		}
	}

	private void send(Message message) throws IOException {
		ByteBuffer frame = Frames.encode(message);
		while (frame.hasRemaining()) {
			this.channel.write(frame);
		}
	}

}
