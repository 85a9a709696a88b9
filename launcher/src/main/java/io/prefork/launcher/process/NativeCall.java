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

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A function of the C library that no API before Java 22 has, see JEP 454. Compiled for
 * Java 17 nothing of that API can be named; hence reflection.
 */
final class NativeCall {

	private static final int FOREIGN_FUNCTIONS = 22;

	private static final int WNOHANG = 1;

	private NativeCall() {
	}

	/**
	 * Find waitpid(2), for one child that has ended.
	 * @return a handle that takes the process id as a long
	 * @throws ReflectiveOperationException if there is no way to it in this JVM
	 */
	static MethodHandle waitpid() throws ReflectiveOperationException {
		Object integer = layout("JAVA_INT");
		MethodHandle handle = function("waitpid", integer, integer, layout("ADDRESS"), integer);
		return MethodHandles.explicitCastArguments(MethodHandles.insertArguments(handle, 1, nullPointer(), WNOHANG),
				MethodType.methodType(void.class, long.class));
	}

	/**
	 * Let a signal do what it does by default, by signal(2).
	 * @param number the number of the signal
	 * @throws ReflectiveOperationException if there is no way to it in this JVM
	 */
	static void signalDefault(int number) throws ReflectiveOperationException {
		MethodHandle handle = function("signal", layout("ADDRESS"), layout("JAVA_INT"), layout("ADDRESS"));
		try {
			// The default handler, SIG_DFL, is the null pointer.
			handle.invokeWithArguments(number, nullPointer());
		}
		catch (Throwable ex) {
			throw new ReflectiveOperationException("signal failed", ex);
		}
	}

	/**
	 * Whether functions can be called.
	 * @return {@code false} in an older JVM
	 */
	static boolean isAvailable() {
		return Runtime.version().feature() >= FOREIGN_FUNCTIONS;
	}

	/**
	 * Replace the program of this process by another one, by execvp(3).
	 * @param command its words, the first one the program
	 * @param variables what to set in the environment before, by setenv(3)
	 * @throws ReflectiveOperationException if that fails; otherwise this does not return
	 */
	static void execute(List<String> command, Map<String, String> variables) throws ReflectiveOperationException {
		Object integer = layout("JAVA_INT");
		Object address = layout("ADDRESS");
		MethodHandle set = function("setenv", integer, address, address, integer);
		MethodHandle execute = function("execvp", integer, address, address);
		Object[] words = new Object[command.size()];
		for (int i = 0; i < words.length; i++) {
			words[i] = text(command.get(i));
		}
		Object vector = vector(words);
		try {
			for (Map.Entry<String, String> variable : variables.entrySet()) {
				set.invokeWithArguments(text(variable.getKey()), text(variable.getValue()), 1);
			}
			execute.invokeWithArguments(words[0], vector);
		}
		catch (Throwable ex) {
			throw new ReflectiveOperationException(ex);
		}
		throw new ReflectiveOperationException("%s can't be executed".formatted(command.get(0)));
	}

	private static Object text(String text) throws ReflectiveOperationException {
		return foreign("SegmentAllocator").getMethod("allocateFrom", String.class).invoke(memory(), text);
	}

	/**
	 * Pointers one after the other, and after the last one the null pointer.
	 * @param pointers the pointers
	 * @return where they are
	 * @throws ReflectiveOperationException if there is no way to memory in this JVM
	 */
	private static Object vector(Object... pointers) throws ReflectiveOperationException {
		Class<?> segment = foreign("MemorySegment");
		Class<?> layoutType = foreign("AddressLayout");
		Object vector = foreign("SegmentAllocator").getMethod("allocate", foreign("MemoryLayout"), long.class)
			.invoke(memory(), layout("ADDRESS"), pointers.length + 1L);
		Method put = segment.getMethod("setAtIndex", layoutType, long.class, segment);
		for (int i = 0; i < pointers.length; i++) {
			put.invoke(vector, layout("ADDRESS"), (long) i, pointers[i]);
		}
		return vector;
	}

	private static Object memory() throws ReflectiveOperationException {
		return foreign("Arena").getMethod("global").invoke(null);
	}

	private static MethodHandle function(String name, Object result, Object... parameters)
			throws ReflectiveOperationException {
		Class<?> linkerType = foreign("Linker");
		Class<?> layoutType = foreign("MemoryLayout");
		Class<?> descriptorType = foreign("FunctionDescriptor");
		Object linker = linkerType.getMethod("nativeLinker").invoke(null);
		Object symbols = linkerType.getMethod("defaultLookup").invoke(linker);
		Optional<?> function = (Optional<?>) foreign("SymbolLookup").getMethod("find", String.class)
			.invoke(symbols, name);
		Object layouts = arrayOf(layoutType, parameters);
		Object descriptor = descriptorType.getMethod("of", layoutType, layouts.getClass())
			.invoke(null, result, layouts);
		Object options = arrayOf(foreign("Linker$Option"));
		return (MethodHandle) linkerType
			.getMethod("downcallHandle", foreign("MemorySegment"), descriptorType, options.getClass())
			.invoke(linker, function.orElseThrow(), descriptor, options);
	}

	private static Object layout(String name) throws ReflectiveOperationException {
		return foreign("ValueLayout").getField(name).get(null);
	}

	private static Object nullPointer() throws ReflectiveOperationException {
		return foreign("MemorySegment").getField("NULL").get(null);
	}

	private static Class<?> foreign(String name) throws ReflectiveOperationException {
		if (!isAvailable()) {
			throw new ReflectiveOperationException("it takes Java %d or later".formatted(FOREIGN_FUNCTIONS));
		}
		return Class.forName("java.lang.foreign." + name);
	}

	private static Object arrayOf(Class<?> type, Object... elements) {
		Object array = Array.newInstance(type, elements.length);
		for (int i = 0; i < elements.length; i++) {
			Array.set(array, i, elements[i]);
		}
		return array;
	}

}
