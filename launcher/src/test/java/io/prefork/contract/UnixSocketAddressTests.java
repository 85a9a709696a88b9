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

package io.prefork.contract;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UnixSocketAddress}.
 */
class UnixSocketAddressTests {

	@ParameterizedTest
	@ValueSource(strings = { "unix:/run/app.sock", "unix:/run/app.sock?mode=0660",
			"unix:/run/app.sock?mode=0600&owner=app&group=www-data" })
	void whenAddressIsWrittenThenItReadsTheSame(String text) {
		assertThat(UnixSocketAddress.parse(text)).hasToString(text);
	}

	@Test
	void whenOptionsAreGivenThenTheyAreRead() {
		assertThat(UnixSocketAddress.parse("unix:/run/../run/app.sock?group=www-data&mode=660"))
			.isEqualTo(new UnixSocketAddress(Path.of("/run/app.sock"), 0660, null, "www-data"));
	}

	@Test
	void whenPathIsRelativeThenItIsInTheWorkingDirectory() {
		assertThat(UnixSocketAddress.parse("unix:app.sock").path()).isEqualTo(Path.of("app.sock").toAbsolutePath());
	}

	@ParameterizedTest
	@CsvSource({ "unix:, must name a file", "unix:/, must name a file",
			"unix:/a?mode=888, must have a mode of octal digits", "unix:/a?mode, must have options like",
			"unix:/a?, must have options like", "unix:/a?mode=0600&mode=0600, must have options like",
			"unix:/a?color=red, but not [color]" })
	void whenTextIsNoAddressThenTheMessageSaysWhatItMustBe(String text, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> UnixSocketAddress.parse(text))
			.withMessageContaining(message);
	}

	@Test
	void whenPathIsTooLongForTheSystemThenTheMessageSaysHowLongItMayBe() {
		String longest = "unix:/" + "a".repeat(106);

		assertThat(UnixSocketAddress.parse(longest)).hasToString(longest);
		assertThatIllegalArgumentException().isThrownBy(() -> UnixSocketAddress.parse(longest + "a"))
			.withMessage("must have a path of at most 107 bytes");
	}

}
