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

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.distribution.WorkerShare;
import io.prefork.launcher.edge.WorkerProcess;
import io.prefork.launcher.edge.WorkerSession;
import io.prefork.launcher.supervisor.Place;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.status.StallStatus;

/**
 * What the master has of a worker, from the moment before its start to that after its
 * end.
 */
final class RunningWorker {

	private static final Duration COLD = Duration.ofSeconds(10);

	private final long begin = System.nanoTime();

	private final Instant startedAt = Instant.now();

	private Instant heardAt = this.startedAt;

	private final WorkerId id;

	private final int generation;

	private final WorkerSession session;

	private final int line;

	private final WorkerShare share;

	private @Nullable WorkerProcess process;

	private @Nullable String lastWords;

	private @Nullable StallStatus stall;

	private @Nullable Path archive;

	private @Nullable Boolean archived;

	private boolean leads;

	private int listens;

	private @Nullable Long servesSince;

	private Place place;

	/**
	 * Create a worker without a process.
	 * @param id who it is
	 * @param generation the number of its generation
	 * @param session the way to it
	 * @param line the number of its line on the scoreboard
	 * @param share its share of the connections
	 */
	RunningWorker(WorkerId id, int generation, WorkerSession session, int line, WorkerShare share) {
		this.id = id;
		this.generation = generation;
		this.session = session;
		this.line = line;
		this.share = share;
		this.place = id.place();
	}

	WorkerId id() {
		return this.id;
	}

	/**
	 * Whether its first requests are still loading classes, which blocks event loops.
	 * @return {@code true} until it has served for a while
	 */
	boolean isCold() {
		return this.servesSince == null || System.nanoTime() - this.servesSince < COLD.toNanos();
	}

	/**
	 * Whether it accepts connections, or did.
	 * @return {@code true} if it has a slot
	 */
	boolean serves() {
		return this.servesSince != null;
	}

	boolean isInPlaceOf(RunningWorker other) {
		return this.place.equals(other.place);
	}

	/**
	 * Count a listener that it asks for.
	 * @return how many it has asked for
	 */
	int countListen() {
		return ++this.listens;
	}

	int generation() {
		return this.generation;
	}

	WorkerSession session() {
		return this.session;
	}

	int line() {
		return this.line;
	}

	WorkerShare share() {
		return this.share;
	}

	@Nullable WorkerProcess process() {
		return this.process;
	}

	void process(WorkerProcess process) {
		this.process = process;
	}

	/**
	 * Why the worker itself said that it ends.
	 * @return the reason, as text for people; {@code null} if it said nothing
	 */
	@Nullable String lastWords() {
		return this.lastWords;
	}

	void lastWords(String lastWords) {
		this.lastWords = lastWords;
	}

	/**
	 * When it was heard last.
	 * @return the time of its last heartbeat, or that of its start
	 */
	Instant heardAt() {
		return this.heardAt;
	}

	void heard() {
		this.heardAt = Instant.now();
		this.share.heard();
	}

	/**
	 * The last time that one of its event loops was blocked.
	 * @return the stall, or {@code null} if there was none
	 */
	@Nullable StallStatus stall() {
		return this.stall;
	}

	void stalled(StallStatus stall) {
		this.stall = stall;
	}

	/**
	 * Whether it says that it is the leader.
	 * @return {@code true} if it runs what must run once
	 */
	boolean leads() {
		return this.leads;
	}

	void leads(boolean leads) {
		this.leads = leads;
	}

	/**
	 * Whether it uses an archive of classes.
	 * @return {@code null} as long as that is not known
	 */
	@Nullable Boolean archived() {
		return this.archived;
	}

	/**
	 * It was told to use an archive.
	 * @param archive the archive; {@code null} if it was not
	 */
	void expects(@Nullable Path archive) {
		this.archive = archive;
	}

	/**
	 * Ask its JVM whether it uses its archive.
	 * @return the archive if it does not, otherwise {@code null}
	 */
	@Nullable Path refusedArchive() {
		Path archive = this.archive;
		this.archived = archive != null && this.process != null && this.process.maps(archive);
		return this.archived ? null : archive;
	}

	/**
	 * The worker serves in a slot, which a spare learns late.
	 * @param slot the slot
	 */
	void serves(int slot) {
		this.servesSince = System.nanoTime();
		this.place = new Place.InSlot(slot);
	}

	Instant startedAt() {
		return this.startedAt;
	}

	Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.begin);
	}

	/**
	 * Its name in the log.
	 * @return slot, generation and process id
	 */
	String name() {
		WorkerProcess started = this.process;
		return "%s gen=%d pid=%s".formatted(this.place, this.generation,
				(started != null) ? Long.toString(started.pid()) : "-");
	}

}
