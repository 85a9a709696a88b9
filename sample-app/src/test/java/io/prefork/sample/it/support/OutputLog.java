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

package io.prefork.sample.it.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects the lines a process writes, on a thread of its own.
 */
final class OutputLog {

	private final List<String> lines = new ArrayList<>();

	private final Thread reader;

	private volatile boolean ended;

	private volatile long lastLineAt = System.nanoTime();

	/**
	 * Start to collect.
	 * @param in the output, closed at its end
	 * @param listener is called with each line before it can be seen here
	 */
	OutputLog(InputStream in, Consumer<String> listener) {
		this.reader = new Thread(() -> read(in, listener), "output-log");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	List<String> lines() {
		return from(0);
	}

	List<String> from(int index) {
		synchronized (this.lines) {
			return List.copyOf(this.lines.subList(Math.min(index, this.lines.size()), this.lines.size()));
		}
	}

	String tail(int count) {
		List<String> all = lines();
		return String.join("\n", all.subList(Math.max(0, all.size() - count), all.size()));
	}

	/**
	 * Tell whether all processes that could write have gone or closed their output.
	 * @return whether no more lines can come
	 */
	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Wait until no more lines can come.
	 * @param limit how long to wait at most
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	void awaitEnd(Duration limit) throws InterruptedException {
		this.reader.join(limit.toMillis());
	}

	/**
	 * Return how long ago the last line was read.
	 * @return the time in nanoseconds
	 */
	long silence() {
		return System.nanoTime() - this.lastLineAt;
	}

	private void read(InputStream in, Consumer<String> listener) {
		try (BufferedReader source = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
			String line = source.readLine();
			while (line != null) {
				listener.accept(line);
				synchronized (this.lines) {
					this.lines.add(line);
				}
				this.lastLineAt = System.nanoTime();
				line = source.readLine();
			}
		}
		catch (IOException ex) {
			synchronized (this.lines) {
				this.lines.add("(reading the output failed: " + ex + ")");
			}
		}
		finally {
			this.ended = true;
		}
	}

}
