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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Limits that are meant for the whole service, as those of a connection pool are: each
 * worker gets its share.
 */
public final class Budgets {

	/**
	 * What stands for the pools that are known here.
	 */
	public static final String KNOWN = "known";

	private static final List<Budget> POOLS = List.of(
			new Budget("spring.datasource.hikari.maximum-pool-size", 10, "com.zaxxer.hikari.HikariDataSource"),
			new Budget("spring.r2dbc.pool.max-size", 10, "io.r2dbc.pool.ConnectionPool"),
			new Budget("spring.datasource.tomcat.max-active", null, null),
			new Budget("spring.datasource.dbcp2.max-total", null, null),
			new Budget("spring.datasource.oracleucp.max-pool-size", null, null),
			new Budget("spring.data.redis.lettuce.pool.max-active", null, null),
			new Budget("spring.data.redis.jedis.pool.max-active", null, null),
			new Budget("reactor.netty.pool.maxConnections", null, null));

	/**
	 * What must not be larger than the limit of the same pool.
	 */
	private static final Map<String, List<Budget>> WITHIN = Map.of("spring.datasource.hikari.maximum-pool-size",
			List.of(new Budget("spring.datasource.hikari.minimum-idle", null, null)), "spring.r2dbc.pool.max-size",
			List.of(new Budget("spring.r2dbc.pool.initial-size", 10, null)),
			"spring.data.redis.lettuce.pool.max-active",
			List.of(new Budget("spring.data.redis.lettuce.pool.max-idle", 8, null)),
			"spring.data.redis.jedis.pool.max-active",
			List.of(new Budget("spring.data.redis.jedis.pool.max-idle", 8, null)));

	private Budgets() {
	}

	/**
	 * Divide the limits among the workers; the share of one is at least 1.
	 * @param environment the application's properties, in which this worker's shares take
	 * the place of the limits
	 * @param names the names of the properties that are such limits, {@value #KNOWN} for
	 * those of connection pools
	 * @param workers how many workers there are
	 */
	public static void divide(ConfigurableEnvironment environment, List<String> names, int workers) {
		Map<String, Share> shares = new LinkedHashMap<>();
		names.stream()
			.flatMap((name) -> name.equals(KNOWN) ? POOLS.stream() : Stream.of(new Budget(name, null, null)))
			.forEach((budget) -> divide(environment, budget, workers, shares));
		environment.getPropertySources().addFirst(new BudgetPropertySource(shares));
		// Libraries read their own ones, like those of Reactor Netty, past Spring.
		shares.forEach((name, share) -> {
			if (System.getProperty(name) != null) {
				System.setProperty(name, Integer.toString(share.share()));
			}
		});
	}

	/**
	 * What this worker has of each limit.
	 * @param environment the properties of a worker
	 * @return the shares, by the names of the properties
	 */
	public static Map<String, Share> applied(ConfigurableEnvironment environment) {
		return environment.getPropertySources()
			.stream()
			.filter(BudgetPropertySource.class::isInstance)
			.map((source) -> ((BudgetPropertySource) source).shares())
			.findFirst()
			.orElse(Map.of());
	}

	private static void divide(Environment environment, Budget budget, int workers, Map<String, Share> shares) {
		Integer total = budget.total(environment);
		if (total == null || total <= 1 || workers <= 1) {
			return;
		}
		int share = Math.max(1, total / workers);
		shares.put(budget.name(), new Share(total, share));
		for (Budget inner : WITHIN.getOrDefault(budget.name(), List.of())) {
			Integer before = inner.total(environment);
			if (before != null && before > share) {
				shares.put(inner.name(), new Share(before, share));
			}
		}
	}

	/**
	 * What a worker has of a limit.
	 *
	 * @param total the limit of the service
	 * @param share that of a worker
	 */
	public record Share(int total, int share) {

	}

	/**
	 * A property that is a limit.
	 *
	 * @param name its name
	 * @param otherwise its value if nobody sets it; {@code null} if there is no limit
	 * then
	 * @param type a class without which there is nothing that the limit is for
	 */
	private record Budget(String name, @Nullable Integer otherwise, @Nullable String type) {

		@Nullable Integer total(Environment environment) {
			Integer set = environment.getProperty(this.name, Integer.class);
			return (set != null || (this.type != null && !ClassUtils.isPresent(this.type, null))) ? set
					: this.otherwise;
		}

	}

}
