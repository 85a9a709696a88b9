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

package io.prefork.launcher.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutputTail}.
 */
class OutputTailTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 1024, 4095, 4096, 4097, 5000, 8192, 100_001 })
	void whenOutputEndsThenItsLastBytesAreKeptAndAllArePassedOn(int length) {
		String text = IntStream.range(0, length)
			.mapToObj((i) -> Character.toString('a' + i % 26))
			.collect(Collectors.joining());

		String tail = tailOf(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));

		assertThat(tail).isEqualTo(text.substring(Math.max(0, length - 4096)));
		assertThat(this.out).hasToString(text);
	}

	@Test
	void whenOutputFailsThenWhatThereWasIsKept() {
		InputStream failing = new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("broken");
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				throw new IOException("broken");
			}

		};

		String tail = tailOf(new SequenceInputStream(
				new ByteArrayInputStream(" oops\n".getBytes(StandardCharsets.US_ASCII)), failing));

		assertThat(tail).isEqualTo("oops");
	}

	private String tailOf(InputStream in) {
		return OutputTail.follow(in, this.out, "test").await(Duration.ofSeconds(20));
	}

}
