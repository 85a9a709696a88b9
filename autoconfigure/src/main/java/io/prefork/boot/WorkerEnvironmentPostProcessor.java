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

package io.prefork.boot;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.prefork.boot.autoconfigure.PreforkPropertiesBinder;
import io.prefork.boot.control.BindAddress;
import io.prefork.boot.environment.Budgets;
import io.prefork.boot.environment.ComposeLifecycle;
import io.prefork.boot.environment.DatabaseSetup;
import io.prefork.boot.environment.LogFileName;
import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.contract.WorkerIdentity;

/**
 * Properties that make N processes read like one service: one banner, the slot in every
 * line of the log and in what OpenTelemetry sends, in server.port the first port of
 * prefork.bind for all who ask, scripts that are run once, shares of what is limited for
 * all, a log file for each, and no worker that takes the whole service out of Spring Boot
 * Admin when it leaves.
 */
final class WorkerEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private final Map<String, String> variables;

	WorkerEnvironmentPostProcessor() {
		this(System.getenv());
	}

	WorkerEnvironmentPostProcessor(Map<String, String> variables) {
		this.variables = variables;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		WorkerIdentity identity = ThisWorker.identity(this.variables);
		if (identity != null) {
			Budgets.divide(environment, PreforkPropertiesBinder.budgets(environment), identity.workers());
			environment.getPropertySources()
				.addFirst(new MapPropertySource("preforkWorker", overrides(identity, environment)));
			environment.getPropertySources()
				.addLast(new MapPropertySource("preforkWorkerDefaults",
						Map.of("logging.pattern.level", "%5p [worker=" + name(identity) + "]",
								"management.opentelemetry.resource-attributes.worker",
								identity.isSpare() ? "spare" : Integer.toString(identity.slot()),
								"spring.boot.admin.client.auto-deregistration", "false")));
		}
	}

	/**
	 * What a line of the log says about the worker: a spare gets its slot while it runs,
	 * so Logback has to look it up for each line.
	 * @param identity the worker
	 * @return its slot, or a pattern for it
	 */
	private static String name(WorkerIdentity identity) {
		return identity.isSpare() ? "%property{" + WorkerRuntime.WORKER_PROPERTY + "}"
				: Integer.toString(identity.slot());
	}

	private static Map<String, Object> overrides(WorkerIdentity identity, ConfigurableEnvironment environment) {
		Map<String, Object> overrides = new HashMap<>();
		overrides.put("spring.devtools.restart.enabled", "false");
		if (identity.slot() != 0 || identity.incarnation() != 1) {
			overrides.put("spring.main.banner-mode", "off");
		}
		if (!identity.initializer()) {
			overrides.putAll(DatabaseSetup.done(environment));
		}
		overrides.putAll(ComposeLifecycle.of(environment, identity.initializer()));
		overrides.putAll(LogFileName.of(environment, identity.line()));
		for (BindAddress address : PreforkPropertiesBinder.bindAddresses(environment)) {
			if (address.socket() instanceof InetSocketAddress port) {
				overrides.putIfAbsent("server.port", port.getPort());
				overrides.putIfAbsent("server.address", address.host());
			}
		}
		return overrides;
	}

}
