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

package io.prefork.launcher.distribution;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.prefork.launcher.control.ControlServer;
import io.prefork.launcher.listen.ListenAddress;
import io.prefork.launcher.listen.ListenException;
import io.prefork.launcher.listen.Listeners;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.Distribution;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.Scoreboard;

/**
 * Each slot has a socket of its own on the same port; the kernel chooses. The sockets are
 * the master's, and stay open until their address is not needed any more: those of slots
 * that are gone, or whose worker is not well, are covered by other workers.
 */
public final class ReuseportDistribution implements ConnectionDistribution {

	private static final Duration PACE = Duration.ofMillis(250);

	/**
	 * A worker whose loops have not been seen running for so long is not well.
	 */
	private static final long SILENT = Duration.ofSeconds(1).toNanos();

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "prefork-coverage");
		thread.setDaemon(true);
		return thread;
	});

	private final Map<WorkerId, Map<ListenAddress, Integer>> requests = new HashMap<>();

	private final Map<WorkerId, Integer> accepting = new LinkedHashMap<>();

	private final Map<ListenAddress, Map<Integer, WorkerId>> owners = new HashMap<>();

	private final Map<ListenAddress, Integer> steered = new HashMap<>();

	private final Set<String> warned = new HashSet<>();

	private final Listeners listeners;

	private final ControlServer control;

	private final WorkerLines lines;

	private final Consumer<String> warnings;

	private boolean closed;

	/**
	 * Create a distribution.
	 * @param listeners the sockets
	 * @param control the way to the workers
	 * @param lines whether they are well
	 * @param loop runs tasks on the master loop
	 * @param warnings is told what does not work, once
	 */
	public ReuseportDistribution(Listeners listeners, ControlServer control, WorkerLines lines, Consumer<Runnable> loop,
			Consumer<String> warnings) {
		this.listeners = listeners;
		this.control = control;
		this.lines = lines;
		this.warnings = warnings;
		this.clock.scheduleWithFixedDelay(() -> loop.accept(this::review), PACE.toMillis(), PACE.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	@Override
	public Distribution kind(ListenAddress address) {
		// A Unix domain socket's name belongs to one socket.
		return address.isUnix() ? Distribution.SHARED : Distribution.REUSEPORT;
	}

	@Override
	public void listening(WorkerId id, int request, ListenAddress address) {
		// Where the worker binds a socket of its own there is none to give it.
		if (!address.reserved() && !address.isUnix()) {
			this.requests.computeIfAbsent(id, (key) -> new LinkedHashMap<>()).put(address, request);
		}
	}

	@Override
	public void accepting(WorkerId id, int slot) {
		this.accepting.put(id, slot);
		review();
	}

	@Override
	public void leaving(WorkerId id) {
		if (this.accepting.remove(id) != null) {
			review();
		}
	}

	@Override
	public void gone(WorkerId id) {
		leaving(id);
		this.requests.remove(id);
	}

	@Override
	public void close() {
		this.closed = true;
		this.clock.shutdownNow();
	}

	private void review() {
		if (!this.closed) {
			Set<ListenAddress> addresses = new HashSet<>();
			this.accepting.keySet().forEach((id) -> addresses.addAll(asked(id).keySet()));
			addresses.retainAll(this.listeners.descriptors().keySet());
			this.owners.keySet().retainAll(addresses);
			addresses.forEach(this::review);
		}
	}

	private void review(ListenAddress address) {
		List<SocketCoverage.Server> servers = servers(address);
		int slots = servers.stream().mapToInt(SocketCoverage.Server::slot).max().orElse(0) + 1;
		try {
			this.listeners.obtain(address, slots - 1);
		}
		catch (ListenException ex) {
			warn(String.valueOf(ex.getMessage()));
		}
		Map<Integer, Integer> sockets = this.listeners.descriptors().getOrDefault(address, Map.of());
		Map<Integer, WorkerId> now = SocketCoverage.assign(sockets.keySet(), servers);
		Map<Integer, WorkerId> before = this.owners.getOrDefault(address, Map.of());
		now.forEach((number, owner) -> {
			if (!owner.equals(before.get(number))) {
				this.control.sendDescriptor(owner, new FromMaster.Cover(asked(owner).getOrDefault(address, 0), number),
						sockets.getOrDefault(number, -1));
			}
		});
		before.forEach((number, owner) -> {
			if (!owner.equals(now.get(number)) && this.accepting.containsKey(owner)) {
				this.control.send(owner, new FromMaster.Uncover(asked(owner).getOrDefault(address, 0), number));
			}
		});
		this.owners.put(address, now);
		steer(address, slots, sockets.size());
	}

	private List<SocketCoverage.Server> servers(ListenAddress address) {
		List<SocketCoverage.Server> servers = new ArrayList<>();
		this.accepting.forEach((id, slot) -> {
			if (asked(id).containsKey(address)) {
				servers.add(new SocketCoverage.Server(id, slot, isWell(id)));
			}
		});
		return servers;
	}

	private boolean isWell(WorkerId id) {
		Scoreboard.Line line = this.lines.find(id);
		return line != null && line.isSeenWithin(SILENT, System.nanoTime());
	}

	private Map<ListenAddress, Integer> asked(WorkerId id) {
		return this.requests.getOrDefault(id, Map.of());
	}

	/**
	 * Keep new connections away from the sockets of slots that are gone. They are served
	 * anyway, so this is for an even share only.
	 * @param address the address
	 * @param slots the number of slots
	 * @param sockets the number of sockets
	 */
	private void steer(ListenAddress address, int slots, int sockets) {
		if (slots != this.steered.getOrDefault(address, sockets)) {
			this.steered.put(address, slots);
			try {
				this.listeners.steer(address, slots);
			}
			catch (IOException ex) {
				warn("%s: the kernel does not let connections be steered (%s), so after scaling down some workers get more than others"
					.formatted(address, ex.getMessage()));
			}
		}
	}

	private void warn(String message) {
		if (this.warned.add(message)) {
			this.warnings.accept(message);
		}
	}

}
