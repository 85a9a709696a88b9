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

package io.prefork.launcher.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RequestFile}.
 */
class RequestFileTests {

	@TempDir
	private Path directory;

	@Test
	void whenFileHasRequestsThenAllAreRead() throws IOException {
		assertThat(read("""
				# What customers do.
				### List
				GET /orders?page=1 HTTP/1.1
				Accept: application/json

				### Order
				// a comment
				POST /orders
				Content-Type: application/json
				X-Customer: 4:2

				{
				  "item": 1
				}

				###
				/hello
				""")).containsExactly(
				new LoadRequest("GET", "/orders?page=1", Map.of("Accept", "application/json"), ""),
				new LoadRequest("POST", "/orders", Map.of("Content-Type", "application/json", "X-Customer", "4:2"),
						"{\n  \"item\": 1\n}"),
				LoadRequest.get("/hello"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "# nothing\n###\n", "GET http://example.org/", "GET /a b c", "GET /\nno header\n" })
	void whenFileHasNoRequestOrAnotherHostThenItIsRejected(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> read(text));
	}

	private List<LoadRequest> read(String text) throws IOException {
		return RequestFile.read(Files.writeString(this.directory.resolve("load.http"), text));
	}

}
