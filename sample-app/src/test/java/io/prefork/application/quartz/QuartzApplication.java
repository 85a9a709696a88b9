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

package io.prefork.application.quartz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * An application whose jobs Quartz keeps in a database, in a cluster of all workers.
 */
@SpringBootApplication
public class QuartzApplication {

	private static final long INTERVAL_MS = 100;

	/**
	 * Start the application.
	 * @param args the arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(QuartzApplication.class, args);
	}

	@Bean
	JobDetail tick() {
		return JobBuilder.newJob(Tick.class).withIdentity("tick").storeDurably().build();
	}

	@Bean
	Trigger everyMoment(JobDetail tick) {
		return TriggerBuilder.newTrigger()
			.withIdentity("every-moment")
			.forJob(tick)
			.withSchedule(SimpleScheduleBuilder.simpleSchedule()
				.withIntervalInMilliseconds(INTERVAL_MS)
				.repeatForever()
				.withMisfireHandlingInstructionNextWithRemainingCount())
			.build();
	}

	/**
	 * Writes down for which time it has run, and where.
	 */
	static class Tick implements Job {

		private final Environment environment;

		Tick(Environment environment) {
			this.environment = environment;
		}

		@Override
		public void execute(JobExecutionContext context) throws JobExecutionException {
			try {
				Files.writeString(Path.of(this.environment.getRequiredProperty("journal")),
						"%s %d%n".formatted(context.getScheduledFireTime().toInstant(), ProcessHandle.current().pid()),
						StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			}
			catch (IOException ex) {
				throw new JobExecutionException(ex);
			}
		}

	}

}
