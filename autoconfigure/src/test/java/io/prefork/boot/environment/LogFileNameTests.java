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

package io.prefork.boot.environment;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogFileName}.
 */
class LogFileNameTests {

	@ParameterizedTest
	@CsvSource({ "app.log, app-3.log", "/var/log.d/app, /var/log.d/app-3", "logs/my.app.log, logs/my.app-3.log",
			"/var/.log, /var/.log-3" })
	void whenThereIsALogFileThenItsNameHasTheNumber(String name, String expected) {
		assertThat(of(Map.of("logging.file.name", name))).containsExactly(Map.entry("logging.file.name", expected));
	}

	@Test
	void whenThereIsADirectoryForTheLogFileThenTheDefaultNameHasTheNumber() {
		assertThat(of(Map.of("logging.file.path", "/var/log/app")))
			.containsExactly(Map.entry("logging.file.name", "/var/log/app/spring-3.log"));
	}

	@Test
	void whenTheUserNamesTheWorkerThenTheNameStays() {
		assertThat(of(Map.of("logging.file.name", "app.${prefork.worker.slot:master}.log"))).isEmpty();
	}

	@Test
	void whenThereIsNoLogFileThenThereIsNone() {
		assertThat(of(Map.of())).isEmpty();
	}

	private static Map<String, Object> of(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("user", properties));
		return LogFileName.of(environment, 3);
	}

}
