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

package io.prefork.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/**
 * Binds properties that come from where they come from in production.
 */
final class TestYaml {

	private TestYaml() {
	}

	/**
	 * Write an {@code application.yml} whose third line sets a property of prefork.
	 * @param directory where to write it
	 * @param property the property's name without the prefix
	 * @param value the value as YAML
	 * @return the file
	 * @throws IOException if it can't be written
	 */
	static Path write(Path directory, String property, String value) throws IOException {
		return Files.writeString(directory.resolve("application.yml"), """
				# Settings
				prefork:
				  %s: %s
				""".formatted(property, value));
	}

	static PreforkProperties bind(Path file) throws IOException {
		StandardEnvironment environment = new StandardEnvironment();
		new YamlPropertySourceLoader().load("application.yml", new FileSystemResource(file))
			.forEach(environment.getPropertySources()::addLast);
		return PreforkPropertiesBinder.bind(environment);
	}

	static PreforkProperties bind(Map<String, ?> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addLast(new MapPropertySource("test", Map.copyOf(properties)));
		return PreforkPropertiesBinder.bind(environment);
	}

}
