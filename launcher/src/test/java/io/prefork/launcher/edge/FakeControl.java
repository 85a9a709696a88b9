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

package io.prefork.launcher.edge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromNewMaster;
import io.prefork.protocol.FromWorker.Listen;

/**
 * Remembers what is said to whom.
 */
public final class FakeControl implements ControlEdge {

	private final Map<WorkerId, FakeSession> sessions = new LinkedHashMap<>();

	private final Map<Long, FakeHolder> holders = new LinkedHashMap<>();

	private final List<Path> sockets = new ArrayList<>();

	private CompletableFuture<Void> socketAwaited = new CompletableFuture<>();

	private CompletableFuture<Boolean> inCharge = new CompletableFuture<>();

	private Map<Listen, Integer> handedOver = Map.of();

	@Override
	public WorkerSession expect(WorkerId id) {
		FakeSession session = new FakeSession();
		this.sessions.put(id, session);
		return session;
	}

	@Override
	public HolderSession expect(long pid, String token, Consumer<Map<Listen, Integer>> taken) {
		FakeHolder holder = new FakeHolder(taken);
		this.holders.put(pid, holder);
		return holder;
	}

	@Override
	public void listen(Path socket) {
		this.sockets.add(socket);
	}

	@Override
	public boolean restore(Path socket) {
		return false;
	}

	@Override
	public String newToken() {
		return "secret";
	}

	@Override
	public CompletableFuture<Void> awaitSocket(Path socket) {
		this.socketAwaited = new CompletableFuture<>();
		return this.socketAwaited;
	}

	@Override
	public CompletableFuture<Boolean> handOver(Path socket, String token, Map<Listen, Integer> listeners) {
		this.handedOver = listeners;
		this.inCharge = new CompletableFuture<>();
		return this.inCharge;
	}

	@Override
	public void close() {
	}

	/**
	 * The new master waits for the listeners now.
	 */
	public void newMasterWaits() {
		this.socketAwaited.complete(null);
	}

	/**
	 * The new master answers what it was handed over.
	 * @param inCharge whether it is in charge
	 */
	public void newMasterAnswers(boolean inCharge) {
		this.inCharge.complete(inCharge);
	}

	public boolean isSocketAwaited() {
		return !this.socketAwaited.isDone();
	}

	public Map<Listen, Integer> handedOver() {
		return this.handedOver;
	}

	public List<Path> sockets() {
		return this.sockets;
	}

	public FakeSession session(WorkerId id) {
		FakeSession session = this.sessions.get(id);
		if (session == null) {
			throw new AssertionError("Nobody expects " + id);
		}
		return session;
	}

	public FakeHolder holder(long pid) {
		FakeHolder holder = this.holders.get(pid);
		if (holder == null) {
			throw new AssertionError("Nobody expects process " + pid);
		}
		return holder;
	}

	/**
	 * What was said to a worker.
	 */
	public static final class FakeSession implements WorkerSession {

		private final List<FromMaster> sent = new CopyOnWriteArrayList<>();

		private final List<Integer> descriptors = new ArrayList<>();

		private int closed;

		@Override
		public String token() {
			return "secret";
		}

		@Override
		public void started(long pid) {
		}

		@Override
		public void send(FromMaster message) {
			this.sent.add(message);
		}

		@Override
		public void sendDescriptor(FromMaster message, int descriptor) {
			this.sent.add(message);
			this.descriptors.add(descriptor);
		}

		@Override
		public void sendConnection(int descriptor, Consumer<Boolean> sent) {
			sent.accept(true);
		}

		@Override
		public void endConnections() {
		}

		@Override
		public void close() {
			this.closed++;
		}

		public List<FromMaster> sent() {
			return this.sent;
		}

		public List<Integer> descriptors() {
			return this.descriptors;
		}

		public int closed() {
			return this.closed;
		}

	}

	/**
	 * A process that may hand over listeners.
	 */
	public static final class FakeHolder implements HolderSession {

		private final List<FromNewMaster> sent = new ArrayList<>();

		private final Consumer<Map<Listen, Integer>> taken;

		private FakeHolder(Consumer<Map<Listen, Integer>> taken) {
			this.taken = taken;
		}

		@Override
		public void send(FromNewMaster message) {
			this.sent.add(message);
		}

		public List<FromNewMaster> sent() {
			return this.sent;
		}

		/**
		 * Hand over.
		 * @param listeners descriptors by what they were asked for with
		 */
		public void handsOver(Map<Listen, Integer> listeners) {
			this.taken.accept(listeners);
		}

	}

}
