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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.JavaCommand;

/**
 * The JVM options of a worker: those of the first JVM less what only one process can
 * have, its share of the machine, and what the user wants for workers. What the user set
 * always wins.
 */
public final class WorkerOptions {

	private static final int RESTRICTS_NATIVE_ACCESS = 24;

	static final String EXIT_ON_OUT_OF_MEMORY = "-XX:+ExitOnOutOfMemoryError";

	/**
	 * Stands in an option for the number of the worker, or that and something more.
	 */
	private static final Pattern NUMBER = Pattern.compile("\\{worker(?:\\+(\\d{1,6}))?}");

	/**
	 * Options by which the user says how large the heap is.
	 */
	private static final List<String> HEAP = List.of("-Xmx", "-XX:MaxHeapSize=", "-XX:MaxRAM");

	private static final String HEAP_DUMP = "-XX:HeapDumpPath=";

	/**
	 * See the description of these options in java(1).
	 */
	private static final Pattern NAMES_FILE = Pattern
		.compile("^-Xlog:.*file=|^-Xloggc:|^-XX:StartFlightRecording[:=].*filename=|^-XX:(ErrorFile|LogFile)=|^"
				+ HEAP_DUMP);

	private WorkerOptions() {
	}

	/**
	 * The options of the first JVM that other JVMs can't have: ports that are taken.
	 * @param options the options of the first JVM
	 * @return the options to leave out
	 */
	public static List<String> notInherited(List<String> options) {
		return options.stream().filter(OwnPorts::isOne).toList();
	}

	/**
	 * The options of the first JVM that other JVMs can have, too.
	 * @param options the options of the first JVM
	 * @return the others
	 */
	public static List<String> inherited(List<String> options) {
		return options.stream().filter((option) -> !OwnPorts.isOne(option)).toList();
	}

	/**
	 * The options that name a file without the process id, so that all JVMs would write
	 * to the same one.
	 * @param options the options of workers
	 * @return those options
	 */
	public static List<String> sharedFiles(List<String> options) {
		return options.stream()
			.filter((option) -> NAMES_FILE.matcher(option).find() && !option.contains("%p")
					&& !NUMBER.matcher(option).find())
			.filter((option) -> !option.startsWith(HEAP_DUMP) || !isDirectory(option.substring(HEAP_DUMP.length())))
			.toList();
	}

	/**
	 * Make the command that asks an application for its settings.
	 * @param application the command that starts the application
	 * @return the command
	 */
	static JavaCommand question(JavaCommand application) {
		List<String> options = new ArrayList<>(inherited(application.options()));
		allowNativeAccess(application, options, options);
		return SmallJvm.of(application.withOptions(options));
	}

	/**
	 * Make the command of a worker.
	 * @param application the command that starts the application
	 * @param userOptions what the user wants for workers
	 * @param cpus the CPUs a worker should count on
	 * @param heap the largest heap in bytes; 0 to leave it to the JVM
	 * @return the command
	 */
	public static JavaCommand apply(JavaCommand application, List<String> userOptions, int cpus, long heap) {
		List<String> user = new ArrayList<>(inherited(application.options()));
		user.addAll(OwnPorts.forWorkers(application.options()));
		user.addAll(userOptions);
		List<String> options = new ArrayList<>();
		addUnlessSet(options, user, "-XX:ActiveProcessorCount=", Integer.toString(cpus));
		if (heap > 0 && user.stream().noneMatch((option) -> HEAP.stream().anyMatch(option::startsWith))) {
			options.add("-Xmx%dm".formatted(heap >> 20));
		}
		if (user.stream().noneMatch((option) -> option.endsWith("OnOutOfMemoryError"))) {
			// A worker that has run out of memory is of no use any more: another one is.
			options.add(EXIT_ON_OUT_OF_MEMORY);
		}
		allowNativeAccess(application, options, user);
		options.addAll(user);
		return application.withOptions(options);
	}

	/**
	 * Tell the options of a worker its number, for agents that need a port or a file of
	 * their own.
	 * @param worker the command of a worker
	 * @param number a number that no other living worker has
	 * @return the command of this worker
	 */
	static JavaCommand number(JavaCommand worker, int number) {
		return worker.withOptions(worker.options()
			.stream()
			.map((option) -> NUMBER.matcher(option)
				.replaceAll((found) -> Integer
					.toString(number + ((found.group(1) != null) ? Integer.parseInt(found.group(1)) : 0))))
			.toList());
	}

	/**
	 * Let Netty load its libraries without four lines of warnings.
	 * @param application says which Java it is
	 * @param options gets the option
	 * @param user what is set already
	 */
	private static void allowNativeAccess(JavaCommand application, List<String> options, List<String> user) {
		if (restrictsNativeAccess(CurrentJvm.featureVersion(application.java()))) {
			addUnlessSet(options, user, "--enable-native-access=", "ALL-UNNAMED");
		}
	}

	private static boolean restrictsNativeAccess(@Nullable Integer version) {
		return version != null && version >= RESTRICTS_NATIVE_ACCESS;
	}

	private static void addUnlessSet(List<String> options, List<String> user, String prefix, String value) {
		if (user.stream().noneMatch((option) -> option.startsWith(prefix))) {
			options.add(prefix + value);
		}
	}

	private static boolean isDirectory(String path) {
		return Files.isDirectory(Path.of(path));
	}

}
