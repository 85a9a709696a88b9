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

package io.prefork.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import io.prefork.handover.ListenerHandover;
import io.prefork.launcher.control.ControlServer;
import io.prefork.launcher.listen.Listeners;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.log.Wording;
import io.prefork.launcher.process.CurrentJvm;
import io.prefork.launcher.process.ForeignProcess;
import io.prefork.launcher.process.Successor;
import io.prefork.protocol.FromWorker.Listen;
import io.prefork.protocol.Roster;
import io.prefork.protocol.RunDirectory;

/**
 * Replaces this master by a new one: starts it, hands it the listeners, and leaves when
 * its service is ready. Until then this one goes on as if nothing happened, and any
 * failure leaves it in charge. One upgrade at a time.
 */
final class Upgrade implements AutoCloseable {

	private static final Duration PACE = Duration.ofMillis(100);

	private static final Duration END_LIMIT = Duration.ofSeconds(20);

	private final AtomicReference<@Nullable Successor> underWay = new AtomicReference<>();

	private final Listeners listeners;

	private final Path directory;

	private final Duration limit;

	private final MasterLog log;

	private final Mailbox mailbox;

	private final LongConsumer handedOver;

	private CompletableFuture<?> cancellation = CompletableFuture.completedFuture(null);

	/**
	 * Create the means to be replaced.
	 * @param listeners the listeners, owned by the master loop
	 * @param directory this master's run directory
	 * @param limit how long the new master's service may take to get ready
	 * @param log the master's log
	 * @param mailbox the way into the master loop
	 * @param handedOver is given the new master's process id, in the master loop, when it
	 * is in charge
	 */
	Upgrade(Listeners listeners, Path directory, Duration limit, MasterLog log, Mailbox mailbox,
			LongConsumer handedOver) {
		this.listeners = listeners;
		this.directory = directory;
		this.limit = limit;
		this.log = log;
		this.mailbox = mailbox;
		this.handedOver = handedOver;
	}

	/**
	 * Begin, unless that can't be; the log says which. Only in the master loop.
	 */
	void begin() {
		Successor running = this.underWay.get();
		if (CurrentJvm.pid() == 1) {
			this.log.error("upgrade refused: the master is process 1, and a container ends with it; "
					+ "send HUP for a reload, or start a new container");
		}
		else if (this.listeners.descriptors().isEmpty()) {
			this.log.error("upgrade refused: there is no listener to hand over yet");
		}
		else if (running != null) {
			this.log.warn("upgrade refused: the new master pid=%d is getting ready".formatted(running.pid()));
		}
		else {
			start();
		}
	}

	/**
	 * Give an upgrade up that is under way, because this master stops. Returns at once.
	 */
	void cancel() {
		Successor successor = this.underWay.getAndSet(null);
		if (successor != null) {
			this.cancellation = CompletableFuture.runAsync(() -> end(successor));
		}
	}

	/**
	 * Wait for the end of a new master that is not wanted any more: it would serve on.
	 */
	@Override
	public void close() {
		cancel();
		this.cancellation.join();
	}

	private void start() {
		String token = ControlServer.newToken();
		try {
			Instant startedAt = Objects.requireNonNull(ForeignProcess.startOf(CurrentJvm.pid()));
			new Roster(List.of(new Roster.Member(CurrentJvm.pid(), startedAt, token)))
				.write(RunDirectory.predecessorIn(this.directory));
			Files.deleteIfExists(RunDirectory.successorSocketIn(this.directory));
			Successor successor = Successor.start(this.directory);
			this.underWay.set(successor);
			this.log.info("upgrade: the new master pid=%d gets ready".formatted(successor.pid()));
			Thread thread = new Thread(() -> accompany(successor, token), "prefork-upgrade");
			thread.setDaemon(true);
			thread.start();
		}
		catch (IOException ex) {
			this.log.error("upgrade failed: the new master can't be started: " + Remedies.explain(ex));
		}
	}

	private void accompany(Successor successor, String token) {
		try {
			CompletableFuture<Void> overdue = CompletableFuture.runAsync(
					() -> fail(successor,
							"was not ready within %d s (prefork.reload.timeout)".formatted(this.limit.toSeconds())),
					CompletableFuture.delayedExecutor(this.limit.toMillis(), TimeUnit.MILLISECONDS));
			try (ListenerHandover handover = handOver(successor, token)) {
				boolean inCharge = handover != null && handover.await() != null;
				overdue.cancel(false);
				if (inCharge && this.underWay.compareAndSet(successor, null)) {
					succeed(successor);
				}
				else if (!inCharge) {
					fail(successor,
							successor.awaitEnd(END_LIMIT) ? Wording.of(successor.end()) : "let go of its predecessor");
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private @Nullable ListenerHandover handOver(Successor successor, String token) throws InterruptedException {
		Path socket = RunDirectory.successorSocketIn(this.directory);
		while (!successor.awaitEnd(PACE)) {
			try {
				if (Files.exists(socket)) {
					return ListenerHandover.to(socket, token, descriptors());
				}
			}
			catch (IOException ex) {
				// Not yet, or not any more, which the end of the process will tell.
			}
		}
		return null;
	}

	private Map<Listen, Integer> descriptors() {
		return CompletableFuture.supplyAsync(() -> {
			Map<Listen, Integer> descriptors = new LinkedHashMap<>();
			this.listeners.descriptors()
				.forEach((address, sockets) -> sockets.forEach((number, descriptor) -> descriptors.put(
						new Listen(0, address.host(), address.port(), address.occurrence(), number, address.reserved()),
						descriptor)));
			return descriptors;
		}, this.mailbox::post).join();
	}

	private void succeed(Successor successor) {
		this.mailbox.post(() -> {
			this.log.info("upgrade succeeded: the new master pid=%d serves, this one drains and leaves"
				.formatted(successor.pid()));
			this.handedOver.accept(successor.pid());
		});
	}

	private void fail(Successor successor, String why) {
		if (this.underWay.compareAndSet(successor, null)) {
			end(successor);
			this.log
				.error("upgrade failed, this master goes on: the new master pid=%d %s".formatted(successor.pid(), why));
		}
	}

	private static void end(Successor successor) {
		try {
			successor.end(END_LIMIT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
