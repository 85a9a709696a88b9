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

package io.prefork.boot.leader;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.AbstractApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeaderLifecycleProcessor}.
 */
@Timeout(60)
class LeaderLifecycleProcessorTests {

	private static final long TIMEOUT = 10_000;

	@TempDir
	private Path directory;

	@Test
	void whenThisIsNoWorkerThenAllAreStartedAndStoppedWithTheContext() {
		try (AnnotationConfigApplicationContext context = start(null)) {
			assertThat(context.getBean(Beans.class).events).containsExactly("+early", "+usual", "+late");
		}
	}

	@Test
	void whenLeadershipChangesThenWhatIsMarkedFollowsInItsOrder() {
		LeaderRole role = new LeaderRole(this.directory.resolve("leader.lock"));
		try (AnnotationConfigApplicationContext context = start(role)) {
			List<String> events = context.getBean(Beans.class).events;
			assertThat(events).containsExactly("+usual");

			role.choose(true);
			Awaitility.await().untilAsserted(() -> assertThat(events).containsExactly("+usual", "+early", "+late"));
			role.choose(false);

			Awaitility.await()
				.untilAsserted(
						() -> assertThat(events).containsExactly("+usual", "+early", "+late", "-late", "-early"));
		}
	}

	@Test
	void whenTheContextClosesThenWhatIsMarkedIsStoppedAndNotStartedAnyMore() {
		LeaderRole role = new LeaderRole(this.directory.resolve("leader.lock"));
		AnnotationConfigApplicationContext context = start(role);
		List<String> events = context.getBean(Beans.class).events;
		role.choose(true);
		Awaitility.await().until(() -> events.contains("+late"));

		context.close();
		role.choose(false);
		role.choose(true);

		Awaitility.await().until(role::isLeader);
		assertThat(events).containsExactly("+usual", "+early", "+late", "-late", "-early", "-usual");
	}

	private static AnnotationConfigApplicationContext start(@Nullable LeaderRole role) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(Beans.class);
		context.registerBean(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, LeaderLifecycleProcessor.class,
				() -> new LeaderLifecycleProcessor(role, TIMEOUT));
		context.refresh();
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		private final List<String> events = new CopyOnWriteArrayList<>();

		@Bean
		Marked late() {
			return new Marked("late", 2, this.events);
		}

		@Bean
		@LeaderOnly
		Recorder early() {
			return new Recorder("early", 0, this.events);
		}

		@Bean
		Recorder usual() {
			return new Recorder("usual", 1, this.events);
		}

	}

	@LeaderOnly
	static class Marked extends Recorder {

		Marked(String name, int phase, List<String> events) {
			super(name, phase, events);
		}

	}

	static class Recorder implements SmartLifecycle {

		private final String name;

		private final int phase;

		private final List<String> events;

		private volatile boolean running;

		Recorder(String name, int phase, List<String> events) {
			this.name = name;
			this.phase = phase;
			this.events = events;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

		@Override
		public void start() {
			this.running = true;
			this.events.add("+" + this.name);
		}

		@Override
		public void stop() {
			this.running = false;
			this.events.add("-" + this.name);
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

}
