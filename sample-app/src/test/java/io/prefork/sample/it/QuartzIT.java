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

package io.prefork.sample.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;

import io.prefork.application.quartz.QuartzApplication;
import io.prefork.sample.it.support.PostgresServer;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers are a cluster for Quartz: each of its times runs in one of them, and its
 * tables, which its scripts would drop, are made once.
 */
@Tag("slow")
class QuartzIT {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final int SOME = 20;

	private static final String JOB_STORE = "--spring.quartz.properties.org.quartz.jobStore.";

	@TempDir
	private Path directory;

	@Test
	void whenWorkersAreOneClusterThenEachTimeRunsOnceAcrossCrashesAndAReload() throws Exception {
		try (PostgresServer database = PostgresServer.start(); PreforkService service = start(database.url())) {
			awaitTimes();
			for (int slot : List.of(0, 1)) {
				long before = service.readyWorker(slot);
				PreforkService.signal(before, "KILL");
				service.awaitWorkerReady(slot, before);
				awaitTimes();
			}
			service.reload("succeeded");
			awaitTimes();
		}
		assertThat(journal().stream().map((line) -> line.split(" ", -1)[0])).doesNotHaveDuplicates();
		assertThat(journal().stream().map((line) -> line.split(" ", -1)[1]).distinct()).hasSizeGreaterThan(2);
	}

	/**
	 * Wait until some more have run.
	 */
	private void awaitTimes() throws IOException {
		int before = journal().size();
		Awaitility.await().atMost(LIMIT).until(() -> journal().size() > before + SOME);
	}

	private PreforkService start(String url) {
		return PreforkService.builder()
			.testApplication(QuartzApplication.class)
			.args("--prefork.enabled=true", "--prefork.workers=2", "--prefork.preload.enabled=false",
					"--prefork.reload.canary=0s",
					"--spring.autoconfigure.exclude=" + R2dbcAutoConfiguration.class.getName(), "--journal=" + file(),
					"--spring.datasource.url=" + url, "--spring.quartz.job-store-type=jdbc",
					"--spring.quartz.jdbc.initialize-schema=always",
					"--spring.quartz.properties.org.quartz.scheduler.instanceId=AUTO", JOB_STORE + "isClustered=true",
					JOB_STORE + "clusterCheckinInterval=1000",
					JOB_STORE + "driverDelegateClass=org.quartz.impl.jdbcjobstore.PostgreSQLDelegate")
			.start()
			.awaitReady();
	}

	private List<String> journal() throws IOException {
		return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
	}

	private Path file() {
		return this.directory.resolve("journal");
	}

}
