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

package io.prefork.boot.hints;

import java.util.stream.Stream;

import org.springframework.scheduling.config.ScheduledTaskHolder;

import io.prefork.boot.environment.DatabaseSetup;
import io.prefork.status.Hint;

/**
 * Finds work that an application does on its own account.
 */
final class WorkHints {

	private WorkHints() {
	}

	static Stream<Hint> schedules(ExaminedApplication application) {
		int tasks = application.created(ScheduledTaskHolder.class)
			.mapToInt((holder) -> holder.getScheduledTasks().size())
			.sum();
		boolean all = "all".equalsIgnoreCase(application.property("prefork.leader.scheduling"));
		if (tasks == 0) {
			return Stream.empty();
		}
		return Stream.of(all
				? new Hint("schedules", "%d scheduled tasks run in each worker".formatted(tasks),
						"@LeaderOnly for those that must run once, or prefork.leader.scheduling: leader")
				: new Hint("schedules", "%d scheduled tasks run on the leader only".formatted(tasks),
						"@EveryWorker for those that each worker needs"));
	}

	static Stream<Hint> schedulers(ExaminedApplication application) {
		boolean inMemory = !"jdbc".equalsIgnoreCase(application.property("spring.quartz.job-store-type"));
		return HintFinder.when((application.has("org.quartz.Scheduler") && inMemory), "quartz",
				"Quartz fires its jobs in each worker",
				"spring.quartz.job-store-type: jdbc with org.quartz.jobStore.isClustered: true");
	}

	static Stream<Hint> scripts(ExaminedApplication application) {
		return HintFinder.when(DatabaseSetup.runsOnce(application.environment()), "scripts",
				"scripts that set up a database run in the first worker of the service only",
				"prefork.initializer.scope: generation to run them again at each reload");
	}

	static Stream<Hint> schemas(ExaminedApplication application) {
		String mode = application.property("spring.jpa.hibernate.ddl-auto");
		return HintFinder.when(mode.startsWith("create"), "schema",
				"spring.jpa.hibernate.ddl-auto: %s drops the tables at each start of a worker".formatted(mode),
				"validate or none, and Flyway or Liquibase");
	}

}
