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
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.Distribution;
import io.prefork.contract.Scoreboard;
import io.prefork.launcher.edge.ListenAddress;
import io.prefork.launcher.edge.ListenEdge;
import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.TcpAddress;
import io.prefork.launcher.edge.UnixAddress;
import io.prefork.launcher.edge.WorkerSession;
import io.prefork.protocol.FromMaster;

/**
 * Each slot has a socket of its own, which the master holds and the slot's worker accepts
 * from; whoever is well covers the sockets of those who are not. Whether a worker is well
 * shows in the scoreboard: it is looked at when a worker would have been silent for too
 * long, and when one that is not well is heard.
 */
public final class ReuseportDistribution implements ConnectionDistribution {

	/**
	 * A worker whose loops have not been seen running for so long is not well.
	 */
	private static final long SILENT = Duration.ofSeconds(1).toNanos();

	/**
	 * How often new connections are steered anew while a worker grows into its share.
	 */
	private static final long GROWTH = Duration.ofSeconds(1).toNanos();

	/**
	 * The weight of a warm worker's socket.
	 */
	private static final int FULL = 10;

	/**
	 * Those that accept, in the order in which they began to.
	 */
	private final List<Share> accepting = new ArrayList<>();

	private final Map<ListenAddress, Map<Integer, Share>> owners = new HashMap<>();

	private final Map<ListenAddress, List<Integer>> steered = new HashMap<>();

	private final Set<String> warned = new HashSet<>();

	private final ListenEdge listeners;

	private final LongSupplier clock;

	private final Consumer<String> warnings;

	private long reviewedAt;

	private boolean closed;

	/**
	 * Create a distribution.
	 * @param listeners the sockets
	 * @param clock tells the time, see {@link System#nanoTime}
	 * @param warnings is told what does not work, once
	 */
	public ReuseportDistribution(ListenEdge listeners, LongSupplier clock, Consumer<String> warnings) {
		this.listeners = listeners;
		this.clock = clock;
		this.warnings = warnings;
	}

	@Override
	public Distribution kind(ListenAddress address) {
		// A Unix domain socket's name belongs to one socket.
		return (address instanceof UnixAddress) ? Distribution.SHARED : Distribution.REUSEPORT;
	}

	@Override
	public WorkerShare join(WorkerSession session, Scoreboard.Line line) {
		return new Share(session, line);
	}

	@Override
	public @Nullable Duration nextReview() {
		long now = this.clock.getAsLong();
		long growth = isGrowing() ? this.reviewedAt + GROWTH - now : Long.MAX_VALUE;
		OptionalLong first = this.accepting.stream()
			.filter((share) -> share.well)
			.mapToLong((share) -> Math.min(share.seenAt() + SILENT - now, growth))
			.min();
		return (first.isPresent() && !this.closed) ? Duration.ofNanos(Math.max(0, first.getAsLong())) : null;
	}

	@Override
	public void review() {
		if (!this.closed) {
			this.accepting.forEach(Share::look);
			Set<ListenAddress> addresses = new HashSet<>();
			this.accepting.forEach((share) -> addresses.addAll(share.requests.keySet()));
			addresses.retainAll(this.listeners.descriptors().keySet());
			this.owners.keySet().retainAll(addresses);
			addresses.forEach(this::review);
			this.reviewedAt = this.clock.getAsLong();
		}
	}

	@Override
	public void close() {
		this.closed = true;
	}

	private void review(ListenAddress address) {
		List<SocketCoverage.Server<Share>> servers = servers(address);
		int slots = servers.stream().mapToInt(SocketCoverage.Server::slot).max().orElse(0) + 1;
		try {
			this.listeners.obtain(address, slots - 1);
		}
		catch (ListenException ex) {
			warn(String.valueOf(ex.getMessage()));
		}
		Map<Integer, Integer> sockets = this.listeners.descriptors().getOrDefault(address, Map.of());
		Map<Integer, Share> now = SocketCoverage.assign(sockets.keySet(), servers);
		Map<Integer, Share> before = this.owners.getOrDefault(address, Map.of());
		now.forEach((number, owner) -> {
			if (!owner.equals(before.get(number))) {
				owner.session.sendDescriptor(new FromMaster.AssignSocket(owner.request(address), number),
						sockets.getOrDefault(number, -1));
			}
		});
		before.forEach((number, owner) -> {
			if (!owner.equals(now.get(number)) && this.accepting.contains(owner)) {
				owner.session.send(new FromMaster.RevokeSocket(owner.request(address), number));
			}
		});
		this.owners.put(address, now);
		steer(address, weights(slots, now), sockets.size());
	}

	/**
	 * How often the socket of each slot gets a connection, beside those of the others.
	 * @param slots the number of slots
	 * @param owners who accepts from which socket
	 * @return the weights
	 */
	private List<Integer> weights(int slots, Map<Integer, Share> owners) {
		long now = this.clock.getAsLong();
		boolean warm = this.accepting.stream().anyMatch((share) -> share.line.share(now) >= 1);
		return IntStream.range(0, slots).mapToObj((slot) -> {
			Share owner = owners.get(slot);
			// Whoever covers another slot's socket is not new.
			return (warm && owner != null && owner.slot == slot) ? (int) Math.ceil(FULL * owner.line.share(now)) : FULL;
		}).toList();
	}

	private boolean isGrowing() {
		return this.steered.values().stream().anyMatch((weights) -> weights.stream().anyMatch((each) -> each < FULL));
	}

	private List<SocketCoverage.Server<Share>> servers(ListenAddress address) {
		return this.accepting.stream()
			.filter((share) -> share.requests.containsKey(address))
			.map((share) -> new SocketCoverage.Server<>(share, share.slot, share.well))
			.toList();
	}

	/**
	 * Keep new connections away from the sockets of slots that are gone, and most of them
	 * from workers that are new. They are served anyway, so this is for good shares only.
	 * @param address the address
	 * @param weights the weights of the sockets of slots
	 * @param sockets the number of sockets
	 */
	private void steer(ListenAddress address, List<Integer> weights, int sockets) {
		// Sockets that came from another master may be steered already.
		if (sockets > 1 && !weights.equals(this.steered.get(address))) {
			this.steered.put(address, weights);
			try {
				this.listeners.steer(address, weights);
			}
			catch (IOException ex) {
				warn("%s: the kernel does not let connections be steered (%s), so some workers get more than they should after others have come or gone"
					.formatted(address, ex.getMessage()));
			}
		}
	}

	private void warn(String message) {
		if (this.warned.add(message)) {
			this.warnings.accept(message);
		}
	}

	/**
	 * One worker's share: the sockets that it owns.
	 */
	private final class Share implements WorkerShare {

		private final Map<ListenAddress, Integer> requests = new LinkedHashMap<>();

		private final WorkerSession session;

		private final Scoreboard.Line line;

		private int slot;

		private long acceptingSince;

		private boolean well;

		private Share(WorkerSession session, Scoreboard.Line line) {
			this.session = session;
			this.line = line;
		}

		@Override
		public void listening(int request, ListenAddress address) {
			// Where the worker binds a socket of its own there is none to give it.
			if (address instanceof TcpAddress) {
				this.requests.put(address, request);
			}
		}

		@Override
		public void accepting(int slot) {
			this.slot = slot;
			this.acceptingSince = ReuseportDistribution.this.clock.getAsLong();
			ReuseportDistribution.this.accepting.add(this);
			review();
		}

		@Override
		public void heard() {
			if (!this.well && isSeen()) {
				review();
			}
		}

		@Override
		public void leaving() {
			if (ReuseportDistribution.this.accepting.remove(this)) {
				review();
			}
		}

		@Override
		public void gone() {
			leaving();
		}

		private void look() {
			this.well = isSeen();
		}

		private boolean isSeen() {
			return ReuseportDistribution.this.clock.getAsLong() - seenAt() < SILENT;
		}

		private long seenAt() {
			// That it may begin counts, too.
			long seenAt = this.line.seenAt();
			return (seenAt == 0 || seenAt - this.acceptingSince < 0) ? this.acceptingSince : seenAt;
		}

		private int request(ListenAddress address) {
			return this.requests.getOrDefault(address, 0);
		}

	}

}
