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

package io.prefork.launcher.preload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.prefork.contract.Labels;
import io.prefork.contract.Training;
import io.prefork.contract.WorkerIdentity;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.process.BackgroundRun;

/**
 * Lets the application start once, with the options of workers, so that the JVM writes an
 * archive of the classes that it loads. Databases are left alone. Nothing listens and
 * nothing runs, unless it is to answer requests.
 */
final class TrainingRun {

	private static final Duration LIMIT = Duration.ofMinutes(5);

	/**
	 * See Spring Framework's {@code DefaultLifecycleProcessor}.
	 */
	private static final String ENDS_EARLY = "-Dspring.context.exit=onRefresh";

	/**
	 * See the training runs in Spring Boot's documentation.
	 */
	private static final List<String> OPTIONS = List.of("-Dspring.sql.init.mode=never", "-Dspring.flyway.enabled=false",
			"-Dspring.liquibase.enabled=false");

	private TrainingRun() {
	}

	/**
	 * Make an archive.
	 * @param worker the command of a worker
	 * @param training what it does
	 * @param kind the kind of archive
	 * @param file the archive, which must not be there
	 * @throws IOException if the JVM does not write one
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	static void of(JavaCommand worker, Training training, ArchiveKind kind, Path file)
			throws IOException, InterruptedException {
		List<String> options = new ArrayList<>(worker.options());
		options.addAll(kind.writeTo(file));
		options.addAll(OPTIONS);
		Map<String, String> variables = Map.of();
		if (training == Training.REQUESTS) {
			variables = Map.of(WorkerIdentity.TRAINING_VARIABLE, Labels.of(training));
		}
		else {
			options.add(ENDS_EARLY);
		}
		BackgroundRun.of(worker.withOptions(options), variables, LIMIT);
		if (!Files.exists(file) || Files.size(file) == 0) {
			throw new IOException("the JVM has written none; an agent or a collector may not go with it");
		}
	}

}
