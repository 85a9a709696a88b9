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

/**
 * Gives an application that answers requests in a training run ports of its own, which
 * only this host can reach.
 */
final class TrainingEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String ANY = "0";

	private static final String NONE = "-1";

	/**
	 * Ports that are opened only where they are set.
	 */
	private static final List<String> FURTHER_PORTS = List.of("management.server.port", "spring.rsocket.server.port",
			"spring.grpc.server.port");

	private final Map<String, String> variables;

	TrainingEnvironmentPostProcessor() {
		this(System.getenv());
	}

	TrainingEnvironmentPostProcessor(Map<String, String> variables) {
		this.variables = variables;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (ThisWorker.isTrained(this.variables)) {
			environment.getPropertySources().addFirst(new MapPropertySource("preforkTraining", ports(environment)));
		}
	}

	private static Map<String, Object> ports(ConfigurableEnvironment environment) {
		Map<String, Object> ports = new HashMap<>(Map.of("server.port", ANY, "server.address", "127.0.0.1"));
		for (String property : FURTHER_PORTS) {
			String port = environment.getProperty(property);
			if (port != null && !port.equals(NONE)) {
				ports.put(property, ANY);
			}
		}
		return ports;
	}

}
