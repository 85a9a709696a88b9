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

package io.prefork.launcher.loop;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.distribution.ConnectionDistribution;
import io.prefork.launcher.edge.ListenAddress;
import io.prefork.launcher.edge.ListenEdge;
import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.startup.LimitWarnings;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker.Listen;
import io.prefork.status.ListenerStatus;

/**
 * Gives workers the listeners that they ask for, and closes those that nobody needs.
 */
final class ListenerRequests {

	private static final int MAX_LISTENERS = 64;

	private final ListenerUsage usage = new ListenerUsage();

	private final ListenEdge listeners;

	private final ConnectionDistribution distribution;

	private final MasterLog log;

	private boolean warnedOfReservation;

	/**
	 * Create what answers requests.
	 * @param listeners the listeners
	 * @param distribution how their connections reach the workers
	 * @param log the master's log
	 */
	ListenerRequests(ListenEdge listeners, ConnectionDistribution distribution, MasterLog log) {
		this.listeners = listeners;
		this.distribution = distribution;
		this.log = log;
	}

	/**
	 * Give a worker a listener.
	 * @param worker the worker
	 * @param listen what it asks for
	 * @throws ListenException if it can't be had
	 */
	void answer(RunningWorker worker, Listen listen) throws ListenException {
		ListenAddress address = address(worker, listen);
		int descriptor = this.listeners.obtain(address);
		this.usage.add(worker.generation(), address);
		if (listen.reserved() && !this.warnedOfReservation) {
			this.warnedOfReservation = true;
			LimitWarnings.logReservation(this.log);
		}
		worker.session()
			.sendDescriptor(new FromMaster.Listening(listen.request(), this.distribution.kind(address)), descriptor);
		worker.share().listening(listen.request(), address);
	}

	/**
	 * The addresses that are bound, once nobody is expected to ask for others.
	 * @return the addresses in the order in which they were asked for
	 */
	List<String> settle() {
		closeUnused();
		return this.listeners.addresses();
	}

	/**
	 * The ports, and how many connections wait there.
	 * @return the ports
	 */
	List<ListenerStatus> status() {
		return this.listeners.waiting()
			.entrySet()
			.stream()
			.map((port) -> new ListenerStatus(port.getKey(), port.getValue()))
			.toList();
	}

	/**
	 * A reload has ended.
	 * @param generation the new generation
	 * @param succeeded whether it serves from now on
	 */
	void reloaded(int generation, boolean succeeded) {
		this.usage.reloaded(generation, succeeded);
		closeUnused();
	}

	/**
	 * Leave what is left to the workers: the service stops.
	 */
	void stop() {
		this.distribution.close();
		this.listeners.stop();
	}

	@Nullable Duration nextReview() {
		return this.distribution.nextReview();
	}

	void review() {
		this.distribution.review();
	}

	private static ListenAddress address(RunningWorker worker, Listen listen) throws ListenException {
		if (worker.countListen() > MAX_LISTENERS) {
			throw new ListenException("a worker may ask for %d listeners at most".formatted(MAX_LISTENERS));
		}
		try {
			return ListenAddress.of(listen);
		}
		catch (IllegalArgumentException ex) {
			throw new ListenException("%s is no address: %s".formatted(listen.host(), ex.getMessage()), ex);
		}
	}

	private void closeUnused() {
		Set<ListenAddress> needed = this.usage.needed();
		if (!needed.isEmpty()) {
			this.listeners.retain(needed);
		}
		this.listeners.warnings().forEach(this.log::warn);
	}

}
