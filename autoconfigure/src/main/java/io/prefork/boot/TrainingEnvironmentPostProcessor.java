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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.prefork.contract.WorkerIdentity;

/**
 * Gives an application that answers requests in a training run ports of its own, which
 * only this host can reach, and lets it register nowhere.
 */
final class TrainingEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String ANY = "0";

	private static final String NONE = "-1";

	private static final Map<String, String> UNNOTICED = Map.of("server.port", ANY, "server.address", "127.0.0.1",
			"spring.boot.admin.client.enabled", "false", "spring.cloud.service-registry.auto-registration.enabled",
			"false");

	/**
	 * Ports that are opened only where they are set.
	 */
	private static final List<String> FURTHER_PORTS = List.of("management.server.port", "spring.rsocket.server.port",
			"spring.grpc.server.port");

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (WorkerIdentity.isTrained(System.getenv())) {
			environment.getPropertySources().addFirst(new MapPropertySource("preforkTraining", overrides(environment)));
		}
	}

	static Map<String, Object> overrides(ConfigurableEnvironment environment) {
		Map<String, Object> overrides = new HashMap<>(UNNOTICED);
		for (String property : FURTHER_PORTS) {
			String port = environment.getProperty(property);
			if (port != null && !port.equals(NONE)) {
				overrides.put(property, ANY);
			}
		}
		return overrides;
	}

}
