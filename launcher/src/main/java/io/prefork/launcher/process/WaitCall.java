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
import java.util.Optional;

/**
 * The system call waitpid(2), for one child that has ended. No API before Java 22 has it,
 * and compiled for Java 17 no newer one can be named; hence reflection.
 */
final class WaitCall {

	private static final int FOREIGN_FUNCTIONS = 22;

	private static final int WNOHANG = 1;

	private static final MethodType TYPE = MethodType.methodType(void.class, long.class);

	private final MethodHandle handle;

	private WaitCall(MethodHandle handle) {
		this.handle = MethodHandles.explicitCastArguments(handle, TYPE);
	}

	/**
	 * Find a way to the system call in this JVM.
	 * @return the call
	 * @throws ReflectiveOperationException if there is none
	 */
	static WaitCall find() throws ReflectiveOperationException {
		if (Runtime.version().feature() < FOREIGN_FUNCTIONS) {
			throw new ReflectiveOperationException("it takes Java %d or later".formatted(FOREIGN_FUNCTIONS));
		}
		return new WaitCall(foreignFunction());
	}

	/**
	 * Take the exit status of a child that has ended, so that nothing is left of it.
	 * @param pid the child
	 */
	void reap(long pid) {
		try {
			this.handle.invokeExact(pid);
		}
		catch (Throwable ex) {
			throw new IllegalStateException("waitpid failed for process " + pid, ex);
		}
	}

	/**
	 * The function of the C library, see JEP 454.
	 * @return a handle that takes the process id as an int
	 * @throws ReflectiveOperationException if access to native code is not allowed
	 */
	private static MethodHandle foreignFunction() throws ReflectiveOperationException {
		Class<?> linkerType = foreign("Linker");
		Class<?> layoutType = foreign("MemoryLayout");
		Class<?> descriptorType = foreign("FunctionDescriptor");
		Object linker = linkerType.getMethod("nativeLinker").invoke(null);
		Object symbols = linkerType.getMethod("defaultLookup").invoke(linker);
		Optional<?> function = (Optional<?>) foreign("SymbolLookup").getMethod("find", String.class)
			.invoke(symbols, "waitpid");
		Object integer = foreign("ValueLayout").getField("JAVA_INT").get(null);
		Object pointer = foreign("ValueLayout").getField("ADDRESS").get(null);
		Object parameters = arrayOf(layoutType, integer, pointer, integer);
		Object descriptor = descriptorType.getMethod("of", layoutType, parameters.getClass())
			.invoke(null, integer, parameters);
		Object options = arrayOf(foreign("Linker$Option"));
		MethodHandle handle = (MethodHandle) linkerType
			.getMethod("downcallHandle", foreign("MemorySegment"), descriptorType, options.getClass())
			.invoke(linker, function.orElseThrow(), descriptor, options);
		return MethodHandles.insertArguments(handle, 1, foreign("MemorySegment").getField("NULL").get(null), WNOHANG);
	}

	private static Class<?> foreign(String name) throws ClassNotFoundException {
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
