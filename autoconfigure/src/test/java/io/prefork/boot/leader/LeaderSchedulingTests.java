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

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeaderScheduling} with Spring's own scheduling.
 */
@Timeout(60)
class LeaderSchedulingTests {

	private final Switch leadership = new Switch();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void whenNotTheLeaderThenOnlyWhatIsForEveryWorkerRuns() {
		Jobs jobs = start(true);

		Awaitility.await().until(() -> jobs.count("every") > 3 && jobs.count("everyOfClass") > 3);

		assertThat(jobs.runs).containsOnlyKeys("every", "everyOfClass");
	}

	@Test
	void whenItBecomesTheLeaderThenSchedulesGoOnWhereTheyAre() {
		Jobs jobs = start(true);
		this.leadership.leads = true;

		Awaitility.await()
			.until(() -> jobs.runs.keySet()
				.containsAll(java.util.Set.of("rate", "delay", "cron", "reactive", "other", "leader", "every")));
		assertThat(jobs.threads.get("other")).startsWith("other-");
		assertThat(jobs.threads.get("rate")).startsWith("main-");
		this.leadership.leads = false;
		Awaitility.await().until(() -> {
			int before = jobs.count("rate") + jobs.count("delay") + jobs.count("reactive");
			long every = jobs.count("every");
			Awaitility.await().until(() -> jobs.count("every") > every + 3);
			return jobs.count("rate") + jobs.count("delay") + jobs.count("reactive") == before;
		});
	}

	@Test
	void whenAllWorkersScheduleThenOnlyWhatIsForTheLeaderWaitsForIt() {
		Jobs jobs = start(false);

		Awaitility.await().until(() -> jobs.count("rate") > 3 && jobs.count("delay") > 3);

		assertThat(jobs.runs).doesNotContainKey("leader");
		this.leadership.leads = true;
		Awaitility.await().until(() -> jobs.count("leader") > 0);
	}

	@Test
	void whenTasksAreGuardedThenTheyAreListedAsBefore() {
		start(true);

		assertThat(this.context.getBean(ScheduledTaskHolder.class).getScheduledTasks())
			.anyMatch((task) -> task.toString().endsWith("Jobs.rate"));
	}

	private Jobs start(boolean leaderOnly) {
		this.context.register(Schedulers.class, Jobs.class, Everywhere.class);
		this.context.registerBean(LeaderScheduling.class, () -> new LeaderScheduling(this.leadership, leaderOnly));
		this.context.refresh();
		return this.context.getBean(Jobs.class);
	}

	/**
	 * Leads when a test says so.
	 */
	private static final class Switch implements Leadership {

		private volatile boolean leads;

		@Override
		public boolean isLeader() {
			return this.leads;
		}

		@Override
		public boolean run(Runnable work) {
			boolean leads = this.leads;
			if (leads) {
				work.run();
			}
			return leads;
		}

	}

	@Configuration
	@EnableScheduling
	static class Schedulers {

		@Bean
		ThreadPoolTaskScheduler taskScheduler() {
			return scheduler("main-");
		}

		@Bean
		ThreadPoolTaskScheduler other() {
			return scheduler("other-");
		}

		private static ThreadPoolTaskScheduler scheduler(String prefix) {
			ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
			scheduler.setThreadNamePrefix(prefix);
			return scheduler;
		}

	}

	static class Jobs {

		private final Map<String, Integer> runs = new ConcurrentHashMap<>();

		private final Map<String, @Nullable String> threads = new ConcurrentHashMap<>();

		int count(String job) {
			return this.runs.getOrDefault(job, 0);
		}

		@Scheduled(fixedRate = 10)
		void rate() {
			ran("rate");
		}

		@Scheduled(fixedDelay = 10)
		void delay() {
			ran("delay");
		}

		@Scheduled(cron = "* * * * * *")
		void cron() {
			ran("cron");
		}

		@Scheduled(fixedRate = 10)
		Mono<String> reactive() {
			return Mono.fromSupplier(() -> {
				ran("reactive");
				return "";
			}).delayElement(Duration.ofMillis(1));
		}

		@Scheduled(fixedRate = 10, scheduler = "other")
		void other() {
			ran("other");
		}

		@LeaderOnly
		@Scheduled(fixedRate = 10)
		void leader() {
			ran("leader");
		}

		@EveryWorker
		@Scheduled(fixedRate = 10)
		void every() {
			ran("every");
		}

		void ran(String job) {
			this.threads.put(job, Thread.currentThread().getName());
			this.runs.merge(job, 1, Integer::sum);
		}

	}

	@EveryWorker
	static class Everywhere {

		private final Jobs jobs;

		Everywhere(Jobs jobs) {
			this.jobs = jobs;
		}

		@Scheduled(fixedRate = 10)
		void everyOfClass() {
			this.jobs.ran("everyOfClass");
		}

	}

}
