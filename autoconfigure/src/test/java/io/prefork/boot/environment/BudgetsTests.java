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

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.prefork.boot.environment.Budgets.Share;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Budgets}.
 */
class BudgetsTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@ParameterizedTest
	@CsvSource({ "10, 4, 2", "10, 2, 5", "3, 2, 1", "2, 8, 1" })
	void whenALimitIsNamedThenEachWorkerHasItsShareAndAtLeastOne(int limit, int workers, int share) {
		divide(Map.of("my.limit", limit), List.of("my.limit"), workers);

		assertThat(this.environment.getProperty("my.limit", Integer.class)).isEqualTo(share);
		assertThat(Budgets.applied(this.environment)).containsExactly(Map.entry("my.limit", new Share(limit, share)));
	}

	@Test
	void whenThePoolIsSmallerThanWhatItKeepsReadyThenItKeepsLessReady() {
		divide(Map.of("spring.datasource.hikari.maximum-pool-size", "20", "spring.datasource.hikari.minimum-idle", 15),
				List.of(Budgets.KNOWN), 4);

		assertThat(this.environment.getProperty("spring.datasource.hikari.maximum-pool-size")).isEqualTo("5");
		assertThat(this.environment.getProperty("spring.datasource.hikari.minimum-idle")).isEqualTo("5");
	}

	@Test
	void whenWhatThePoolKeepsReadyFitsThenItStays() {
		divide(Map.of("spring.datasource.hikari.maximum-pool-size", "20", "spring.datasource.hikari.minimum-idle", 2),
				List.of(Budgets.KNOWN), 4);

		assertThat(this.environment.getProperty("spring.datasource.hikari.minimum-idle")).isEqualTo("2");
	}

	@Test
	void whenALimitHasItsDefaultThenThatIsDividedWhereThereIsSuchAPool() {
		divide(Map.of(), List.of(Budgets.KNOWN), 2);

		// HikariCP and R2DBC's pool are not on the class path of this test.
		assertThat(Budgets.applied(this.environment)).isEmpty();
	}

	@Test
	void whenALimitCannotBeDividedThenItStays() {
		divide(Map.of("one", 1, "none", 0, "unlimited", -1), List.of("one", "none", "unlimited", "not.set"), 2);

		assertThat(Budgets.applied(this.environment)).isEmpty();
	}

	@Test
	void whenALimitIsASystemPropertyThenThatIsTheShareToo() {
		System.setProperty("reactor.netty.pool.maxConnections", "100");
		try {
			divide(Map.of(), List.of(Budgets.KNOWN), 4);

			assertThat(System.getProperty("reactor.netty.pool.maxConnections")).isEqualTo("25");
		}
		finally {
			System.clearProperty("reactor.netty.pool.maxConnections");
		}
	}

	@Test
	void whenThereIsOneWorkerThenItHasAll() {
		divide(Map.of("my.limit", 10), List.of("my.limit"), 1);

		assertThat(this.environment.getProperty("my.limit")).isEqualTo("10");
	}

	private void divide(Map<String, Object> properties, List<String> names, int workers) {
		this.environment.getPropertySources().addFirst(new MapPropertySource("user", properties));
		Budgets.divide(this.environment, names, workers);
	}

}
