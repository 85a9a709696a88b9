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

package io.prefork.boot.test;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TestedService} with applications that are none.
 */
@Timeout(60)
class TestedServiceTests {

	@Test
	void whenTheApplicationDoesNotStartThenTheFailureHasWhatItSaid() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> start(Ordinary.class, Broken.class))
			.withMessageContaining("ready address=")
			.withMessageContaining("It is broken: --server.port=0");
	}

	@Test
	void whenAPropertyHasNoValueThenThatIsSaid() {
		assertThatIllegalArgumentException().isThrownBy(() -> start(Odd.class, Broken.class))
			.withMessage("'server.port' is not of the form name=value");
	}

	private static void start(Class<?> test, Class<?> application) {
		TestedService.start(application, Objects.requireNonNull(test.getAnnotation(PreforkTest.class))).close();
	}

	@PreforkTest
	static class Ordinary {

	}

	@PreforkTest(properties = "server.port")
	static class Odd {

	}

	/**
	 * Ends without a word of what is waited for.
	 */
	public static class Broken {

		public static void main(String[] args) {
			for (String arg : args) {
				if (arg.startsWith("--server.port")) {
					System.err.println("It is broken: " + arg);
				}
			}
		}

	}

}
