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

package io.prefork.sample.it.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sample application with Log4j2 in place of Logback, as Spring Boot's
 * {@code spring-boot-starter-log4j2} makes it.
 */
public final class Log4jApplication {

	private static final Path LOG4J = Path.of("target", "log4j2");

	private static final List<String> LOGBACK = List.of("logback-", "log4j-", "jul-to-slf4j");

	private Log4jApplication() {
	}

	/**
	 * Put it together.
	 * @param directory an empty directory, in which the application's jar doesn't find
	 * its libraries by its manifest
	 * @return what starts it
	 * @throws IOException if that fails
	 */
	public static List<String> in(Path directory) throws IOException {
		Path extracted = ExtractedApplication.jar();
		List<Path> jars = new ArrayList<>();
		jars.add(Files.copy(extracted, directory.resolve(extracted.getFileName())));
		try (Stream<Path> libraries = Files.list(extracted.resolveSibling("lib"));
				Stream<Path> log4j = Files.list(LOG4J)) {
			libraries.filter((jar) -> LOGBACK.stream().noneMatch(jar.getFileName().toString()::startsWith))
				.forEach(jars::add);
			log4j.map(Path::toAbsolutePath).forEach(jars::add);
		}
		return JavaCommand.ofClassPath(jars);
	}

}
