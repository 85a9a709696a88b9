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

import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Spring Boot's support for Docker Compose, by which each process would start the
 * containers, and the first one that leaves would stop them.
 */
public final class ComposeLifecycle {

	private static final String PROPERTY = "spring.docker.compose.lifecycle-management";

	private static final String TYPE = "org.springframework.boot.docker.compose.lifecycle.DockerComposeLifecycleManager";

	private ComposeLifecycle() {
	}

	/**
	 * The properties of a worker: the first one starts the containers, and nobody stops
	 * them.
	 * @param environment the application's properties
	 * @param first whether this is the first worker of the service
	 * @return the properties that are different
	 */
	public static Map<String, Object> of(Environment environment, boolean first) {
		if (!ClassUtils.isPresent(TYPE, null) || "none".equalsIgnoreCase(environment.getProperty(PROPERTY))) {
			return Map.of();
		}
		return Map.of(PROPERTY, first ? "start-only" : "none");
	}

}
