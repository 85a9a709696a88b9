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

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link InvalidPreforkPropertyFailureAnalyzer}, by way of Spring Boot.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidPreforkPropertyFailureAnalyzerTests {

	@TempDir
	Path directory;

	@Test
	void whenApplicationHasBadPropertyThenItFailsWithExplanation(CapturedOutput output) throws Exception {
		Path file = TestYaml.write(this.directory, "workers", "0");
		SpringApplication application = application();

		assertThatException().isThrownBy(() -> application.run("--spring.config.location=file:" + file));

		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("""
					Invalid value for a property of prefork:

					    Property: prefork.workers
					    Value: "0"
					    Origin: URL [file:%s] - 3:12
					    Reason: must be 'auto' or a whole number of at least 1
					""".formatted(file))
			.contains("Correct the value of 'prefork.workers'; it must be 'auto' or a whole number of at least 1.");
	}

	@Test
	void whenArgumentIsBadThenTheExplanationNamesIt(CapturedOutput output) {
		SpringApplication application = application();

		assertThatException().isThrownBy(() -> application.run("--prefork.enabled=perhaps"));

		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: prefork.enabled", "Value: \"perhaps\"", "commandLineArgs",
					"Reason: must be one of: auto, true, false");
	}

	private static SpringApplication application() {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		return application;
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
