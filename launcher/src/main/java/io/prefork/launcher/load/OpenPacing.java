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

package io.prefork.launcher.load;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;

/**
 * Clients that know nothing of each other: requests are due at random times which are
 * fixed beforehand, however slowly the service answers. There are as many as the rate
 * says, so that what comes out does not depend on luck.
 */
final class OpenPacing implements Pacing {

	/**
	 * The same times for everything that is compared.
	 */
	private static final long SEED = 4711;

	private final EventLoop loop;

	private final long[] offsets;

	private long start;

	private int next;

	OpenPacing(EventLoop loop, double rate, Duration duration) {
		this.loop = loop;
		long count = Math.max(1, Math.round(rate * duration.toNanos() / TimeUnit.SECONDS.toNanos(1)));
		this.offsets = new Random(SEED).longs(count, 0, duration.toNanos()).sorted().toArray();
	}

	@Override
	public void begin(LoadRun run) {
		this.start = System.nanoTime();
		send(run);
	}

	@Override
	public void ended(LoadRun run) {
		// Nobody waits for that.
	}

	private void send(LoadRun run) {
		long elapsed = System.nanoTime() - this.start;
		while (this.next < this.offsets.length && this.offsets[this.next] <= elapsed) {
			run.due(this.start + this.offsets[this.next]);
			this.next++;
		}
		if (this.next < this.offsets.length) {
			this.loop.schedule(() -> send(run), this.offsets[this.next] - elapsed, TimeUnit.NANOSECONDS);
		}
	}

}
