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

package io.prefork.boot.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The lines that a service writes; they are written to the standard output of the tests
 * as well. Thread-safe.
 */
final class ServiceOutput {

	private final List<String> lines = new ArrayList<>();

	private boolean ended;

	private ServiceOutput() {
	}

	static ServiceOutput of(Process process) {
		ServiceOutput output = new ServiceOutput();
		Thread reader = new Thread(() -> output.read(process), "prefork-test-output");
		reader.setDaemon(true);
		reader.start();
		return output;
	}

	synchronized List<String> lines() {
		return List.copyOf(this.lines);
	}

	synchronized int size() {
		return this.lines.size();
	}

	/**
	 * Wait for a line.
	 * @param from the number of lines to leave out
	 * @param pattern what has to be found in it
	 * @param limit how long to wait
	 * @return what was found; {@code null} if the time is over, or no more lines come
	 */
	synchronized @Nullable Matcher await(int from, Pattern pattern, Duration limit) {
		long end = System.nanoTime() + limit.toNanos();
		int next = from;
		try {
			while (true) {
				for (; next < this.lines.size(); next++) {
					Matcher matcher = pattern.matcher(this.lines.get(next));
					if (matcher.find()) {
						return matcher;
					}
				}
				long rest = Duration.ofNanos(end - System.nanoTime()).toMillis();
				if (this.ended || rest <= 0) {
					return null;
				}
				wait(rest);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	private void read(Process process) {
		try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				System.out.println(line);
				add(line);
			}
		}
		catch (IOException ex) {
			add("What it says can't be read: " + ex.getMessage());
		}
		end();
	}

	private synchronized void add(String line) {
		this.lines.add(line);
		notifyAll();
	}

	private synchronized void end() {
		this.ended = true;
		notifyAll();
	}

}
