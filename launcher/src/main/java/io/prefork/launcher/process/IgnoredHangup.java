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

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What nohup(1) does to a JVM: SIGHUP is ignored, and then a JVM can't handle it.
 */
public final class IgnoredHangup {

	private static final int HUP = 1;

	private static final String IGNORED = "SigIgn:";

	private IgnoredHangup() {
	}

	/**
	 * Whether the signal is ignored, see proc_pid_status(5).
	 * @return {@code true} if this process was started so
	 */
	public static boolean isSet() {
		try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
			return lines.filter((line) -> line.startsWith(IGNORED))
				.anyMatch((line) -> new BigInteger(line.substring(IGNORED.length()).strip(), 16).testBit(HUP - 1));
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * End that, so that the signal can be handled. To be called before it is.
	 * @throws ReflectiveOperationException if this JVM has no way to do so
	 */
	public static void end() throws ReflectiveOperationException {
		NativeCall.signalDefault(HUP);
	}

}
