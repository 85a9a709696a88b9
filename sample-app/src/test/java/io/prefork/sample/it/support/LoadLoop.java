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

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * One client of a load run: a loop over one connection at a time, on its own thread.
 */
final class LoadLoop {

	private static final long LONGEST_PARK = TimeUnit.MILLISECONDS.toNanos(50);

	private final LoadRun run;

	private final LoadConnection connection;

	private final boolean connectionPerRequest;

	private final long interval;

	private long next;

	private byte[] lastBody = new byte[0];

	private @Nullable LongAdder lastBodyCount;

	LoadLoop(LoadClient client, LoadRun run, LoadConnection connection, int index) {
		this.run = run;
		this.connection = connection;
		this.connectionPerRequest = client.isConnectionPerRequest();
		this.interval = client.interval();
		this.next = System.nanoTime() + index * this.interval / client.connections();
	}

	void run() {
		try (this.connection) {
			while (pace() && this.run.take()) {
				request();
			}
		}
	}

	private void request() {
		try {
			this.connection.exchange();
			count();
			if (this.connectionPerRequest || this.connection.isToBeClosed()) {
				this.connection.closeAfterServer();
			}
		}
		catch (IOException ex) {
			this.run.recorder().failure(this.connection.outcomeOf(ex), this.connection.describe(ex));
			this.connection.close();
		}
	}

	private void count() {
		this.run.recorder().status(this.connection.status());
		if (this.connection.status() >= 400) {
			this.run.recorder()
				.failure(Outcome.HTTP_ERROR, "status " + this.connection.status() + " " + this.connection.body());
			return;
		}
		this.run.recorder().ok();
		if (this.lastBodyCount == null || !this.connection.isBody(this.lastBody)) {
			this.lastBody = this.connection.bodyBytes();
			this.lastBodyCount = this.run.recorder().body(this.connection.body());
		}
		this.lastBodyCount.increment();
	}

	private boolean pace() {
		if (this.interval == 0) {
			return true;
		}
		long wait = this.next - System.nanoTime();
		while (wait > 0) {
			if (!this.run.isOpen()) {
				return false;
			}
			LockSupport.parkNanos(Math.min(wait, LONGEST_PARK));
			wait = this.next - System.nanoTime();
		}
		this.next += Math.max(this.interval, -wait);
		return true;
	}

}
