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

package io.prefork.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.contract.Distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Frames}, {@link Message} and {@link MessageType}.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class FramesTests {

	static List<String> names() {
		return List.copyOf(GoldenMessages.messages().keySet());
	}

	@ParameterizedTest
	@MethodSource("names")
	void whenMessageIsEncodedThenBytesAreGolden(String name) throws IOException {
		Message message = GoldenMessages.messages().get(name);

		ByteBuffer frame = (message != null) ? Frames.encode(message) : ByteBuffer.allocate(0);

		assertThat(frame).isEqualTo(GoldenMessages.frames().get(name));
	}

	@ParameterizedTest
	@MethodSource("names")
	void whenGoldenBytesAreReadThenMessageIsTheSame(String name) throws IOException {
		ByteBuffer frame = GoldenMessages.frames().getOrDefault(name, ByteBuffer.allocate(0));

		Message message = Frames.decode(frame.position(Frames.LENGTH_FIELD));

		assertThat(message).isEqualTo(GoldenMessages.messages().get(name));
	}

	@Test
	void whenTypeIsDeclaredThenItHasGoldenBytes() throws IOException {
		assertThat(GoldenMessages.frames().keySet()).isEqualTo(GoldenMessages.messages().keySet());
		assertThat(GoldenMessages.messages().values()).<Class<?>>extracting(Message::getClass)
			.containsAll(MessageTypes.all());
	}

	@Test
	void whenPeerAppendedFieldsThenTheyAreIgnored() {
		Message message = Frames.decode(bytes("03 00000007 00000000 00000009"));

		assertThat(message).isEqualTo(new FromMaster.Listening(7, Distribution.SHARED));
	}

	@Test
	void whenTypeIsUnknownThenThereIsNoMessage() {
		assertThat(Frames.decode(bytes("7f 010203"))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "03", "03 000007", "07 0000000000007530 000000", "04 00000007",
			"04 00000007 00000009 61", "04 00000007 ffffffff", "01 00000001 00000009 00000000 00000001 00000000",
			"0b 00000001 00000001 61", "0b 7fffffff" })
	void whenFrameIsNotOfTheProtocolThenItIsRefused(String body) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Frames.decode(bytes(body)));
	}

	@Test
	void whenMessageIsTooLongThenItIsNotEncoded() {
		Message message = new FromWorker.Failed("x".repeat(Frames.MAX_LENGTH));

		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Frames.encode(message))
			.withMessage("A frame of 262149 bytes is not allowed");
	}

	@Test
	void whenMessageIsAsLongAsAllowedThenItIsReadBack() throws IOException {
		Message message = new FromWorker.Failed("x".repeat(Frames.MAX_LENGTH - 5));

		List<Message> read = readAll(Frames.encode(message));

		assertThat(read).containsExactly(message);
	}

	@Test
	void whenFramesComeInPiecesThenEachIsRead() throws IOException {
		List<ByteBuffer> frames = List.copyOf(GoldenMessages.frames().values());

		List<Message> read = readAll(frames.toArray(ByteBuffer[]::new));

		assertThat(read).containsExactlyElementsOf(GoldenMessages.messages().values());
	}

	@Test
	void whenFrameIsOfUnknownTypeThenTheNextIsRead() throws IOException {
		List<Message> read = readAll(bytes("00000003 7f 0102"), bytes("00000001 7e"), bytes("00000001 08"));

		assertThat(read).containsExactly(new FromWorker.Draining());
	}

	@ParameterizedTest
	@ValueSource(strings = { "00000000", "ffffffff", "00040001", "47455420" })
	void whenLengthIsOutOfRangeThenItIsRefused(String length) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> readAll(bytes(length)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "000000", "00000002", "00000005 03 0000" })
	void whenChannelEndsWithinFrameThenReadingFails(String start) {
		assertThatExceptionOfType(EOFException.class).isThrownBy(() -> readAll(bytes(start)));
	}

	@Test
	void whenSettingsAreDescribedThenTheirOrderDoesNotMatter() {
		ByteBuffer one = Frames.encode(new Message.Described(Map.of("a", "1", "b", "2", "c", "")));
		ByteBuffer other = Frames.encode(new Message.Described(Map.of("c", "", "b", "2", "a", "1")));

		assertThat(one).isEqualTo(other);
		assertThat(Frames.decode(one.position(Frames.LENGTH_FIELD)))
			.isEqualTo(new Message.Described(Map.of("a", "1", "b", "2", "c", "")));
	}

	private static List<Message> readAll(ByteBuffer... frames) throws IOException {
		Pipe pipe = Pipe.open();
		CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> trickle(pipe.sink(), frames));
		List<Message> messages = new ArrayList<>();
		try (Pipe.SourceChannel source = pipe.source()) {
			for (Message message = Frames.read(source); message != null; message = Frames.read(source)) {
				messages.add(message);
			}
		}
		writing.join();
		return messages;
	}

	private static void trickle(WritableByteChannel sink, ByteBuffer... frames) {
		try (sink) {
			for (ByteBuffer frame : frames) {
				while (frame.hasRemaining()) {
					int piece = Math.min(frame.remaining(), 1 + frame.remaining() / 10);
					sink.write(frame.slice(frame.position(), piece));
					frame.position(frame.position() + piece);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ByteBuffer bytes(String hex) {
		return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
	}

}
