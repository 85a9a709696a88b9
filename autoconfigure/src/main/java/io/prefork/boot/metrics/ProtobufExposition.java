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

package io.prefork.boot.metrics;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Several documents in the Prometheus protobuf format as one: messages
 * {@code MetricFamily} with their lengths before them. The elements of a repeated field
 * need not stand together, so that the metrics of a later message can be put at the end
 * of the one of the same name, see the Protocol Buffers encoding guide. A family that has
 * another type in a later document is left out there.
 */
final class ProtobufExposition implements Exposition {

	private static final int NAME = 1;

	private static final int TYPE = 3;

	private static final int METRIC = 4;

	private static final int VARINT = 0;

	private static final int FIXED_64 = 1;

	private static final int LENGTH_DELIMITED = 2;

	private static final int FIXED_32 = 5;

	private final Map<String, Family> families = new LinkedHashMap<>();

	@Override
	public void add(byte[] document) {
		ByteBuffer in = ByteBuffer.wrap(document);
		while (in.hasRemaining()) {
			merge(block(in));
		}
	}

	@Override
	public byte[] toByteArray() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		this.families.values().forEach((family) -> {
			writeVarint(out, family.message.size());
			out.writeBytes(family.message.toByteArray());
		});
		return out.toByteArray();
	}

	private void merge(ByteBuffer message) {
		Family family = new Family();
		ByteBuffer in = message.duplicate();
		while (in.hasRemaining()) {
			int begin = in.position();
			long tag = readVarint(in);
			int field = (int) (tag >>> 3);
			if (field == NAME) {
				family.name = StandardCharsets.UTF_8.decode(block(in)).toString();
			}
			else if (field == TYPE) {
				family.type = readVarint(in);
			}
			else {
				skip(in, (int) (tag & 7));
				if (field == METRIC) {
					family.metrics.writeBytes(bytes(message, begin, in.position()));
				}
			}
		}
		Family known = this.families.putIfAbsent(family.name, family);
		if (known == null) {
			family.message.writeBytes(bytes(message, 0, message.limit()));
		}
		else if (known.type == family.type) {
			known.message.writeBytes(family.metrics.toByteArray());
		}
	}

	private static ByteBuffer block(ByteBuffer in) {
		int length = (int) readVarint(in);
		ByteBuffer block = in.slice(in.position(), length);
		in.position(in.position() + length);
		return block;
	}

	private static byte[] bytes(ByteBuffer in, int from, int to) {
		byte[] bytes = new byte[to - from];
		in.get(from, bytes);
		return bytes;
	}

	private static void skip(ByteBuffer in, int wireType) {
		int length = switch (wireType) {
			case VARINT -> {
				readVarint(in);
				yield 0;
			}
			case FIXED_64 -> Long.BYTES;
			case LENGTH_DELIMITED -> (int) readVarint(in);
			case FIXED_32 -> Integer.BYTES;
			default -> throw new IllegalArgumentException("There is no wire type " + wireType);
		};
		in.position(in.position() + length);
	}

	private static long readVarint(ByteBuffer in) {
		long value = 0;
		int shift = 0;
		byte next;
		do {
			next = in.get();
			value |= (long) (next & 0x7f) << shift;
			shift += 7;
		}
		while (next < 0);
		return value;
	}

	private static void writeVarint(ByteArrayOutputStream out, long value) {
		long rest = value;
		while (rest > 0x7f) {
			out.write((int) (rest & 0x7f) | 0x80);
			rest >>>= 7;
		}
		out.write((int) rest);
	}

	/**
	 * A metric family.
	 */
	private static final class Family {

		private final ByteArrayOutputStream message = new ByteArrayOutputStream();

		private final ByteArrayOutputStream metrics = new ByteArrayOutputStream();

		private String name = "";

		private long type;

	}

}
