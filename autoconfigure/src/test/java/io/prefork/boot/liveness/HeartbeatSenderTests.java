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

package io.prefork.boot.liveness;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.prefork.boot.drain.Connections;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link HeartbeatSender} with real event loops and made-up times.
 */
class HeartbeatSenderTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private static final long PACE = Duration.ofMillis(250).toNanos();

	private final List<Message> said = new CopyOnWriteArrayList<>();

	private final CountDownLatch release = new CountDownLatch(1);

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final EventLoops loops = new EventLoops();

	private final List<Long> well = new CopyOnWriteArrayList<>();

	private final HeartbeatSender heartbeats = new HeartbeatSender(this.loops, new Connections().requests(),
			Duration.ofMillis(500), this.well::add, this.said::add);

	private long now = System.nanoTime();

	@BeforeEach
	void watch() {
		this.loops.add(this.group);
		this.loops.add(this.group);
		look();
		awaitAnswers();
	}

	@AfterEach
	void end() {
		this.release.countDown();
		this.group.shutdownGracefully();
	}

	@Test
	void whenLoopsRunThenHeartbeatsSaySo() {
		for (int i = 0; i < 8; i++) {
			look();
			awaitAnswers();
		}

		assertThat(heartbeats()).hasSizeGreaterThanOrEqualTo(2)
			.allSatisfy((heartbeat) -> assertThat(heartbeat.silence()).isZero())
			.last()
			.satisfies((heartbeat) -> assertThat(heartbeat.rss()).isPositive());
		assertThat(stalls()).isEmpty();
	}

	@Test
	void whenLoopIsBlockedThenWorkerIsNotWell() {
		assertThat(this.well).isNotEmpty();
		block();
		look();
		int before = this.well.size();

		look();
		look();

		assertThat(this.well).hasSize(before);
	}

	@Test
	void whenLoopIsBlockedThenItIsReportedOnceWithItsStackAndItsSilenceGrows() {
		block();

		for (int i = 0; i < 12; i++) {
			look();
		}

		assertThat(stalls()).singleElement()
			.satisfies((stalled) -> assertThat(stalled.stack()).contains("at ", "HeartbeatSenderTests"))
			.satisfies((stalled) -> assertThat(stalled.silence()).isGreaterThanOrEqualTo(Duration.ofMillis(500)));
		assertThat(this.loops.stalls()).isOne();
		assertThat(heartbeats()).last()
			.satisfies((heartbeat) -> assertThat(heartbeat.silence()).isGreaterThan(Duration.ofSeconds(1)));
	}

	@Test
	void whenTaskHasWaitedThenTheLagIsKnown() {
		this.now -= 3600 * SECOND;
		look();
		awaitAnswers();
		this.now += 7200 * SECOND;
		look();

		assertThat(this.loops.lag()).isGreaterThan(Duration.ofMinutes(59));
	}

	@Test
	void whenProcessDidNotRunThenNoLoopIsBlamed() {
		block();
		look();

		this.now += 60 * SECOND;
		look();

		assertThat(heartbeats()).last()
			.satisfies((heartbeat) -> assertThat(heartbeat.silence()).isLessThan(Duration.ofSeconds(1)));
	}

	@Test
	void whenLoopsShutDownThenItDoesNotKeepThemAlive() {
		this.group.shutdownGracefully(200, 60_000, TimeUnit.MILLISECONDS);

		await().atMost(Duration.ofSeconds(20)).until(() -> {
			look();
			return this.group.isTerminated();
		});
	}

	@Test
	void whenStackIsOfTheApplicationThenTheCulpritIsItsInnermostFrame() {
		StackTraceElement[] stack = Stream
			.of("java.lang.Thread", "reactor.core.Flux", "com.example.Shop", "com.example.Main")
			.map((type) -> new StackTraceElement(type, "run", "File.java", 7))
			.toArray(StackTraceElement[]::new);

		assertThat(Culprit.in(stack)).isEqualTo(" in com.example.Shop.run(File.java:7)");
	}

	private void look() {
		this.now += PACE;
		this.heartbeats.look(this.now);
	}

	private void awaitAnswers() {
		await().until(() -> this.loops.watched().stream().allMatch((loop) -> loop.silence(Long.MAX_VALUE) == 0));
	}

	private void block() {
		CountDownLatch blocked = new CountDownLatch(1);
		this.group.next().execute(() -> {
			blocked.countDown();
			awaitRelease();
		});
		await().until(() -> blocked.getCount() == 0);
	}

	private void awaitRelease() {
		try {
			this.release.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private List<FromWorker.Heartbeat> heartbeats() {
		return this.said.stream()
			.filter(FromWorker.Heartbeat.class::isInstance)
			.map(FromWorker.Heartbeat.class::cast)
			.toList();
	}

	private List<FromWorker.Stalled> stalls() {
		return this.said.stream()
			.filter(FromWorker.Stalled.class::isInstance)
			.map(FromWorker.Stalled.class::cast)
			.toList();
	}

}
