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

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Options of the first JVM that open a port, which only one process can have: each worker
 * gets one of its own, that of the first JVM plus one and its number. See the JPDA
 * documentation (connection and invocation) and the JMX guide of the JDK.
 */
final class OwnPorts {

	private static final Pattern DEBUGGED = Pattern.compile("(.*[:=,]address=(?:[^,]*:)?)(\\d+)(.*)");

	private static final Pattern MANAGED = Pattern
		.compile("(-Dcom\\.sun\\.management\\.jmxremote\\.(?:rmi\\.)?port=)(\\d+)()");

	private OwnPorts() {
	}

	/**
	 * Whether an option opens a port.
	 * @param option an option of a JVM
	 * @return {@code true} if only one process can have it
	 */
	static boolean isOne(String option) {
		return isDebugger(option) || MANAGED.matcher(option).matches();
	}

	/**
	 * The options of workers for those of the first JVM.
	 * @param options the options of the first JVM
	 * @return those that open a port, with one for each worker, which
	 * {@link WorkerOptions#number} fills in; a worker does not wait for a debugger, and
	 * looks for none
	 */
	static List<String> forWorkers(List<String> options) {
		return options.stream().filter(OwnPorts::isOne).map(OwnPorts::forWorkers).flatMap(Optional::stream).toList();
	}

	private static Optional<String> forWorkers(String option) {
		if (!isDebugger(option)) {
			return shifted(MANAGED.matcher(option));
		}
		// It waits unless told otherwise.
		return option.contains("server=y")
				? shifted(DEBUGGED.matcher(option.replaceAll(",suspend=\\w*", "") + ",suspend=n")) : Optional.empty();
	}

	private static boolean isDebugger(String option) {
		return option.startsWith("-agentlib:jdwp") || option.startsWith("-Xrunjdwp");
	}

	private static Optional<String> shifted(Matcher option) {
		return option.matches() ? Optional
			.of("%s{worker+%d}%s".formatted(option.group(1), Integer.parseInt(option.group(2)) + 1, option.group(3)))
				: Optional.empty();
	}

}
