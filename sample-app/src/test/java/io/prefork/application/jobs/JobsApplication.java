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

package io.prefork.application.jobs;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.prefork.boot.event.LeadershipGrantedEvent;
import io.prefork.boot.event.LeadershipRevokedEvent;
import io.prefork.boot.leader.EveryWorker;
import io.prefork.boot.leader.LeaderOnly;
import io.prefork.boot.leader.OncePerService;

/**
 * An application whose jobs write into a journal.
 */
@SpringBootApplication
@EnableScheduling
public class JobsApplication {

	/**
	 * Start the application.
	 * @param args the arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(JobsApplication.class, args);
	}

	@Bean
	@OncePerService
	ApplicationRunner once(Journal journal) {
		return (arguments) -> journal.write("once");
	}

	@Bean
	CommandLineRunner always(Journal journal) {
		return (arguments) -> journal.write("always");
	}

	/**
	 * Jobs with and without annotations.
	 */
	@Component
	static class Jobs {

		private final Journal journal;

		Jobs(Journal journal) {
			this.journal = journal;
		}

		@Scheduled(fixedRate = 20)
		void tick() throws InterruptedException {
			this.journal.write("begin tick");
			TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(30));
			this.journal.write("end tick");
		}

		@EveryWorker
		@Scheduled(fixedRate = 200)
		void every() {
			this.journal.write("every");
		}

		@EventListener
		void granted(LeadershipGrantedEvent event) {
			this.journal.write("begin leadership");
		}

		@EventListener
		void revoked(LeadershipRevokedEvent event) {
			this.journal.write("end leadership");
		}

	}

	/**
	 * Runs on the leader only.
	 */
	@Component
	@LeaderOnly
	static class Consumer implements SmartLifecycle {

		private final Journal journal;

		private volatile boolean running;

		Consumer(Journal journal) {
			this.journal = journal;
		}

		@Override
		public void start() {
			this.running = true;
			this.journal.write("begin consumer");
		}

		@Override
		public void stop() {
			this.running = false;
			this.journal.write("end consumer");
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

}
