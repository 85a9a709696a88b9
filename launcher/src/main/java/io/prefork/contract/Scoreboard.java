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

package io.prefork.contract;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many connections each worker has, in a small file that master and workers have
 * mapped: to look at all workers costs no system call and no message. Each worker has a
 * line to itself, a cache line in size. Thread-safe, also between processes.
 */
public final class Scoreboard {

	/**
	 * The number of lines, which is the largest number of workers that live at once.
	 */
	public static final int LINES = 1024;

	private static final int LINE_BYTES = 64;

	private static final double FIRST_SHARE = 0.1;

	/**
	 * What is not a worker's comes after the lines.
	 */
	private static final int LIMIT = LINES * LINE_BYTES;

	private static final int BYTES = LIMIT + LINE_BYTES;

	private static final VarHandle FIELDS = MethodHandles.byteBufferViewVarHandle(long[].class,
			ByteOrder.nativeOrder());

	private final ByteBuffer memory;

	private final List<Line> lines;

	private Scoreboard(ByteBuffer memory) {
		this.memory = memory;
		this.lines = IntStream.range(0, LINES).mapToObj((number) -> new Line(number * LINE_BYTES)).toList();
	}

	/**
	 * Create the scoreboard of a master; all lines are empty.
	 * @param file the file, in place of one that may be there
	 * @return the scoreboard
	 * @throws IOException if the file can't be written
	 */
	public static Scoreboard create(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
				StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			// Written, not left sparse: on a full disk the mapping would be a trap.
			channel.write(ByteBuffer.allocate(BYTES));
			return map(channel);
		}
	}

	/**
	 * Open the scoreboard of the master that started this process.
	 * @param file the file
	 * @return the scoreboard
	 * @throws IOException if the file can't be read
	 */
	public static Scoreboard open(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			return map(channel);
		}
	}

	/**
	 * One worker's line.
	 * @param number the number of the line, from 0
	 * @return the line
	 */
	public Line line(int number) {
		if (number < 0 || number >= LINES) {
			throw new IllegalArgumentException("There is no line %d".formatted(number));
		}
		return this.lines.get(number);
	}

	/**
	 * How many lines have to be looked at to see all workers.
	 * @return the number of lines, from the first one on
	 */
	public int limit() {
		return (int) (long) FIELDS.getVolatile(this.memory, LIMIT);
	}

	/**
	 * Say how many lines have to be looked at; the master does.
	 * @param limit the number of lines, from the first one on
	 */
	public void limit(int limit) {
		FIELDS.setVolatile(this.memory, LIMIT, (long) limit);
	}

	/**
	 * How many connections all workers have opened.
	 * @return the number, which is smaller again when a worker is gone
	 */
	public long openedConnections() {
		long opened = 0;
		for (int number = 0, limit = limit(); number < limit; number++) {
			opened += line(number).openedConnections();
		}
		return opened;
	}

	private static Scoreboard map(FileChannel channel) throws IOException {
		return new Scoreboard(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
	}

	/**
	 * What one worker tells all others. The worker writes it, the master clears it before
	 * the worker is started.
	 */
	public final class Line {

		private final int opened;

		private final int closed;

		private final int seen;

		private final int begun;

		private final int warm;

		private Line(int offset) {
			this.opened = offset;
			this.closed = offset + Long.BYTES;
			this.seen = offset + 2 * Long.BYTES;
			this.begun = offset + 3 * Long.BYTES;
			this.warm = offset + 4 * Long.BYTES;
		}

		/**
		 * A connection was opened.
		 */
		public void opened() {
			FIELDS.getAndAdd(Scoreboard.this.memory, this.opened, 1L);
		}

		/**
		 * A connection was closed.
		 */
		public void closed() {
			FIELDS.getAndAdd(Scoreboard.this.memory, this.closed, 1L);
		}

		/**
		 * The worker accepts and its event loops run.
		 * @param now the time, see {@link System#nanoTime}, which all processes of a
		 * machine share on Linux; 0 if the worker does not accept
		 */
		public void seen(long now) {
			FIELDS.setVolatile(Scoreboard.this.memory, this.seen, now);
		}

		/**
		 * The worker begins to accept.
		 * @param now the time, see {@link System#nanoTime}
		 * @param slowStart how long it takes until the worker does as well as the others
		 */
		public void begun(long now, Duration slowStart) {
			FIELDS.setVolatile(Scoreboard.this.memory, this.begun, now);
			FIELDS.setVolatile(Scoreboard.this.memory, this.warm, now + slowStart.toNanos());
		}

		/**
		 * How many connections the worker should have for each one that a warm worker
		 * has.
		 * @param now the time, see {@link System#nanoTime}
		 * @return a number that grows from 0.1 to 1, at which the worker is warm
		 */
		public double share(long now) {
			long warmAt = (long) FIELDS.getVolatile(Scoreboard.this.memory, this.warm);
			if (warmAt == 0) {
				return FIRST_SHARE;
			}
			if (now - warmAt >= 0) {
				return 1;
			}
			long begunAt = (long) FIELDS.getVolatile(Scoreboard.this.memory, this.begun);
			return Math.max(FIRST_SHARE, (double) (now - begunAt) / (warmAt - begunAt));
		}

		/**
		 * The number of connections that have been opened since the worker's start.
		 * @return the number
		 */
		public long openedConnections() {
			return (long) FIELDS.getVolatile(Scoreboard.this.memory, this.opened);
		}

		/**
		 * The number of connections that are open.
		 * @return the number
		 */
		public long connections() {
			// In this order: the other one could see a connection closed, but not opened.
			long closed = closedConnections();
			return openedConnections() - closed;
		}

		/**
		 * The number of connections that have been closed since the worker's start.
		 * @return the number
		 */
		public long closedConnections() {
			return (long) FIELDS.getVolatile(Scoreboard.this.memory, this.closed);
		}

		/**
		 * When the worker was last known to accept.
		 * @return the time, see {@link System#nanoTime}; 0 if it does not accept
		 */
		public long seenAt() {
			return (long) FIELDS.getVolatile(Scoreboard.this.memory, this.seen);
		}

		/**
		 * Whether the worker was known to accept a short while ago.
		 * @param limit the while, in nanoseconds
		 * @param now the time, see {@link System#nanoTime}
		 * @return {@code true} if it was
		 */
		public boolean isSeenWithin(long limit, long now) {
			long seenAt = seenAt();
			return seenAt != 0 && now - seenAt < limit;
		}

		/**
		 * Make the line empty.
		 */
		public void clear() {
			FIELDS.setVolatile(Scoreboard.this.memory, this.opened, 0L);
			FIELDS.setVolatile(Scoreboard.this.memory, this.closed, 0L);
			seen(0);
			FIELDS.setVolatile(Scoreboard.this.memory, this.warm, 0L);
		}

	}

}
