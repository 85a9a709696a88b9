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

package io.prefork.boot.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SharedData} and what comes from it.
 */
class SharedDataTests {

	@TempDir
	private Path directory = Path.of("");

	private SharedData data = new SharedData(null);

	@BeforeEach
	void useDirectory() {
		this.data = new SharedData(this.directory);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 10_000 })
	void whenEntriesAreWrittenThenEachOfThemIsFoundAndNoOther(int entries) {
		Map<Long, byte[]> expected = new HashMap<>();
		Random random = new Random(entries);
		for (int i = 0; i < entries; i++) {
			byte[] value = new byte[random.nextInt(50)];
			random.nextBytes(value);
			expected.put(random.nextLong(), value);
		}

		SharedTable table = this.data.table("numbers", (writer) -> {
			for (Map.Entry<Long, byte[]> entry : expected.entrySet()) {
				writer.put(entry.getKey(), entry.getValue());
			}
		});

		assertThat(table.size()).isEqualTo(entries);
		expected.forEach((key, value) -> {
			assertThat(table.get(key)).isEqualTo(ByteBuffer.wrap(value));
			assertThat(table.get(ByteBuffer.allocate(8).putLong(key).array())).isEqualTo(ByteBuffer.wrap(value));
		});
		assertThat(random.longs(1000)).noneMatch((key) -> table.get(key) != null && !expected.containsKey(key));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "1234567", "12345678", "123456789", "a longer key than most of them" })
	void whenKeyIsBytesThenItIsFound(String key) {
		SharedTable table = this.data.table("texts", (writer) -> {
			writer.put(bytes(key), bytes("value of " + key));
			writer.put(bytes(key + "!"), bytes("another"));
		});

		assertThat(text(table.get(bytes(key)))).isEqualTo("value of " + key);
		assertThat(table.get(bytes(key + "?"))).isNull();
	}

	@Test
	void whenKeyIsThereTwiceThenTableIsRefusedAndNothingIsLeft() throws IOException {
		assertThatIllegalArgumentException().isThrownBy(() -> this.data.table("twice", (writer) -> {
			writer.put(1, bytes("a"));
			writer.put(1, bytes("b"));
		})).withMessage("A key of 8 bytes is there twice");

		try (Stream<Path> left = Files.list(this.directory)) {
			assertThat(left.map((file) -> String.valueOf(file.getFileName()))).containsExactly("twice.lock");
		}
	}

	@Test
	void whenOthersHaveWrittenItThenItIsNotWrittenAgain() {
		AtomicInteger writes = new AtomicInteger();
		for (SharedData process : List.of(this.data, new SharedData(this.directory))) {
			SharedBytes shared = process.bytes("once", (out) -> out.write(writes.incrementAndGet()));

			assertThat(shared.buffer().get(0)).isEqualTo((byte) 1);
		}
	}

	@Test
	void whenSomebodyWantsToChangeThemThenThatIsRefused() {
		SharedBytes shared = this.data.bytes("bytes", (out) -> out.write(bytes("abc")));
		SharedTable table = this.data.table("table", (writer) -> writer.put(1, bytes("abc")));

		assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> shared.buffer().put(0, (byte) 1));
		assertThatExceptionOfType(ReadOnlyBufferException.class)
			.isThrownBy(() -> Objects.requireNonNull(table.get(1)).put(0, (byte) 1));
	}

	@Test
	void whenThereIsNoDirectoryThenTheyAreOfThisProcessAlone() {
		SharedBytes shared = new SharedData(null).bytes("own", (out) -> out.write(bytes("abc")));

		assertThat(shared.buffer().remaining()).isEqualTo(3);
		assertThat(shared.file()).exists();
	}

	@Test
	void whenTheyCannotBeWrittenThenMessageSaysWhereAndWhatToDo() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));

		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> new SharedData(file).bytes("bytes", (out) -> out.write(1)))
			.withMessageContaining("The shared data bytes can't be written or mapped in " + file)
			.withMessageContaining("set prefork.run-dir");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "..", ".hidden", "a/b", "\0" })
	void whenNameIsNoFileNameThenItIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.data.bytes(name, (out) -> out.write(1)))
			.withMessageContaining("can't be the name of shared data");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(@Nullable ByteBuffer bytes) {
		return StandardCharsets.UTF_8.decode(Objects.requireNonNull(bytes)).toString();
	}

}
