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

import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.prefork.boot.environment.Budgets;
import io.prefork.status.Hint;

/**
 * Finds what others see of the service, or it of others.
 */
final class ServiceHints {

	private ServiceHints() {
	}

	static Stream<Hint> adminServer(ExaminedApplication application) {
		return HintFinder.when(
				application.has("de.codecentric.boot.admin.server.config.AdminServerMarkerConfiguration$Marker"),
				"admin", "a Spring Boot Admin server keeps its instances in the memory of one worker",
				"prefork.workers: 1, or its cluster support (Hazelcast)");
	}

	static Stream<Hint> registries(ExaminedApplication application) {
		return HintFinder.when(application.has("org.springframework.cloud.client.serviceregistry.ServiceRegistry"),
				"registry", "all workers register one address, and the service is taken out only when all of it stops",
				"an instance id that is the same in all workers, without random.value");
	}

	static Stream<Hint> pools(ExaminedApplication application) {
		String shares = Budgets.applied(application.environment())
			.entrySet()
			.stream()
			.map((budget) -> "%s %d of %d".formatted(budget.getKey(), budget.getValue().share(),
					budget.getValue().total()))
			.collect(Collectors.joining(", "));
		return HintFinder.when(!shares.isEmpty(), "pools", "each worker has its share of a limit: " + shares,
				"prefork.budgets to name others, or none");
	}

	static Stream<Hint> logFiles(ExaminedApplication application) {
		String file = application.property("logging.file.name");
		return HintFinder.when(!file.isEmpty(), "logs",
				"each worker logs into a file of its own, this one into " + file,
				"the console, if one stream is wanted");
	}

}
