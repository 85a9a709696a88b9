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

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the components of one kind of record, in their order: {@code int} as
 * four bytes, {@code long} as eight, {@link Duration} as eight bytes of milliseconds,
 * {@code boolean} as one byte of 0 or 1, text as its UTF-8 length in four bytes and the
 * bytes, a constant as its ordinal in four bytes, so that the order of constants is part
 * of the protocol; lists of records and maps with texts as keys, sorted by them, with
 * their size in four bytes before them; an {@link Instant}, as eight bytes of
 * milliseconds since 1970, a {@link Boolean} and a record within a record have a byte of
 * 0 or 1 before them, as they may be missing; bytes in a {@link ByteBuffer} have their
 * number in four bytes before them. All numbers are big-endian.
 */
final class RecordCodec {

	private final RecordComponent[] components;

	private final Constructor<?> constructor;

	RecordCodec(Class<?> type) {
		this.components = type.getRecordComponents();
		try {
			this.constructor = type.getDeclaredConstructor(
					Arrays.stream(this.components).map(RecordComponent::getType).toArray(Class<?>[]::new));
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException("A record without its constructor: " + type, ex);
		}
	}

	void write(Object record, FieldWriter out) {
		try {
			for (RecordComponent component : this.components) {
				writeValue(component.getType(), component.getAccessor().invoke(record), out);
			}
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("A record that can't be read: " + record, ex);
		}
	}

	Object read(FieldReader in) {
		@Nullable Object[] values = new Object[this.components.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = readValue(this.components[i].getGenericType(), in);
		}
		try {
			return this.constructor.newInstance(values);
		}
		catch (ReflectiveOperationException ex) {
			if (ex.getCause() instanceof ProtocolException wrong) {
				throw wrong;
			}
			throw new ProtocolException("There is no such " + this.constructor.getDeclaringClass().getSimpleName(), ex);
		}
	}

	@SuppressWarnings("EnumOrdinal")
	private static void writeValue(Class<?> type, @Nullable Object value, FieldWriter out) {
		if (type == Instant.class || type == Boolean.class || type.isRecord()) {
			out.flag(value != null);
		}
		if (value == null) {
			return;
		}
		if (value instanceof Integer number) {
			out.number(number);
		}
		else if (value instanceof Long count) {
			out.count(count);
		}
		else if (value instanceof Duration duration) {
			out.count(duration.toMillis());
		}
		else if (value instanceof Instant instant) {
			out.count(instant.toEpochMilli());
		}
		else if (value instanceof Boolean flag) {
			out.flag(flag);
		}
		else if (value instanceof Enum<?> constant) {
			out.number(constant.ordinal());
		}
		else if (value instanceof ByteBuffer bytes) {
			out.bytes(bytes);
		}
		else if (value instanceof Record record) {
			new RecordCodec(record.getClass()).write(record, out);
		}
		else if (value instanceof List<?> list) {
			out.number(list.size());
			list.forEach((element) -> new RecordCodec(element.getClass()).write(element, out));
		}
		else if (value instanceof Map<?, ?> map) {
			out.number(map.size());
			new TreeMap<>(map).forEach((key, element) -> {
				out.text(key.toString());
				writeValue(element.getClass(), element, out);
			});
		}
		else {
			out.text(value.toString());
		}
	}

	private static @Nullable Object readValue(Type type, FieldReader in) {
		if (type == int.class || type == Integer.class) {
			return in.number();
		}
		if (type == long.class) {
			return in.count();
		}
		if (type == Duration.class) {
			return Duration.ofMillis(in.count());
		}
		if (type == boolean.class) {
			return in.flag();
		}
		if (type == Boolean.class) {
			return in.flag() ? in.flag() : null;
		}
		if (type == Instant.class) {
			return in.flag() ? Instant.ofEpochMilli(in.count()) : null;
		}
		if (type == String.class) {
			return in.text();
		}
		if (type == ByteBuffer.class) {
			return in.bytes();
		}
		if (type instanceof ParameterizedType generic) {
			return (generic.getRawType() == List.class) ? readList(generic.getActualTypeArguments()[0], in)
					: readMap(generic.getActualTypeArguments()[1], in);
		}
		Class<?> other = (Class<?>) type;
		if (other.isRecord()) {
			return in.flag() ? new RecordCodec(other).read(in) : null;
		}
		return constant(other, in.number());
	}

	private static List<Object> readList(Type element, FieldReader in) {
		RecordCodec codec = new RecordCodec((Class<?>) element);
		List<Object> list = new ArrayList<>();
		for (int size = in.number(); size > 0; size--) {
			list.add(codec.read(in));
		}
		return list;
	}

	private static Map<String, Object> readMap(Type element, FieldReader in) {
		Map<String, Object> map = new HashMap<>();
		for (int size = in.number(); size > 0; size--) {
			map.put(in.text(), Objects.requireNonNull(readValue(element, in)));
		}
		return map;
	}

	private static Object constant(Class<?> type, int ordinal) {
		Object[] constants = type.getEnumConstants();
		if (ordinal < 0 || ordinal >= constants.length) {
			throw new ProtocolException("There is no %s %d".formatted(type.getSimpleName(), ordinal));
		}
		return constants[ordinal];
	}

}
