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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.web.ReceivedSockets;
import io.prefork.contract.Distribution;
import io.prefork.contract.RunDirectoryFiles;
import io.prefork.contract.Scoreboard;
import io.prefork.contract.WorkerIdentity;
import io.prefork.launcher.control.ControlServer;
import io.prefork.launcher.edge.ControlListener;
import io.prefork.launcher.edge.ListenAddress;
import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.WorkerSession;
import io.prefork.launcher.listen.Listeners;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Message;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorRequest;

/**
 * The edges of a master in this JVM, for one worker that is in this JVM as well: hands
 * over listeners, remembers what the worker says and says what the test tells it to.
 */
public final class FakeMaster implements AutoCloseable {

	private static final WorkerId WORKER = new WorkerId(0, 1);

	private final List<Message> received = new CopyOnWriteArrayList<>();

	private final Listeners listeners = new Listeners(128, false, List.of());

	private final ControlServer control;

	private final WorkerSession session;

	private final WorkerIdentity identity;

	private FakeMaster(Path directory) throws IOException {
		Scoreboard.create(RunDirectoryFiles.scoreboardIn(directory));
		this.control = ControlServer.open(RunDirectoryFiles.socketIn(directory), new Listener());
		this.session = this.control.expect(WORKER);
		this.identity = new WorkerIdentity(WORKER.place().wire(), WORKER.incarnation(), 1, 2, false, 0, directory,
				this.session.token());
	}

	public static FakeMaster start(Path directory) throws IOException {
		return new FakeMaster(directory);
	}

	/**
	 * Who the worker has to say it is.
	 * @return the identity
	 */
	public WorkerIdentity identity() {
		return this.identity;
	}

	/**
	 * What the worker said.
	 * @return the messages in order
	 */
	public List<Message> received() {
		return this.received;
	}

	public MasterConnection connect() throws IOException {
		return MasterConnection.open(this.identity, new RecordedOrders(), new ReceivedSockets(new AcceptGate()), () -> {
		});
	}

	public void say(FromMaster message) {
		this.session.send(message);
	}

	/**
	 * Whether everything that was bound is still bound, which it is for life.
	 * @return the bound addresses
	 */
	public List<String> addresses() {
		return this.listeners.addresses();
	}

	/**
	 * Die.
	 */
	@Override
	public void close() {
		this.control.close();
		this.listeners.close();
	}

	private final class Listener implements ControlListener {

		@Override
		public void received(WorkerId id, FromWorker message, Runnable done) {
			done.run();
			FakeMaster.this.received.add(message);
			if (message instanceof FromWorker.Listen listen) {
				hand(listen);
			}
		}

		@Override
		public void disconnected(WorkerId id) {
		}

		@Override
		public void asked(OperatorRequest message, Consumer<OperatorAnswer> answers) {
		}

		@Override
		public void rejected(String reason) {
			throw new AssertionError(reason);
		}

		private void hand(FromWorker.Listen listen) {
			try {
				int descriptor = FakeMaster.this.listeners.obtain(ListenAddress.of(listen));
				FakeMaster.this.session.sendDescriptor(new FromMaster.Listening(listen.request(), Distribution.SHARED),
						descriptor);
			}
			catch (ListenException ex) {
				say(new FromMaster.Refused(listen.request(), String.valueOf(ex.getMessage())));
			}
		}

	}

}
