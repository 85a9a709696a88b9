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

package io.prefork.boot.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.netty.channel.uring.IoUring;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Finds out why io_uring can't be used, and what to do about it.
 */
final class IoUringObstacle {

	private static final String CLASSES = "io.netty.channel.uring.IoUring";

	/**
	 * EPERM, see io_uring_setup(2) and seccomp(2).
	 */
	private static final String NOT_PERMITTED = "Operation not permitted";

	/**
	 * See "io_uring_disabled" in the kernel's
	 * Documentation/admin-guide/sysctl/kernel.rst.
	 */
	private static final Path DISABLED = Path.of("/proc/sys/kernel/io_uring_disabled");

	private IoUringObstacle() {
	}

	/**
	 * Find the obstacle.
	 * @return what is in the way and what to do, or {@code null} if io_uring can be used
	 */
	static @Nullable String find() {
		if (!ClassUtils.isPresent(CLASSES, IoUringObstacle.class.getClassLoader())) {
			return "io.netty:netty-transport-native-io_uring is not on the class path; add it with the classifier linux-"
					+ architecture(System.getProperty("os.arch"));
		}
		return IoUring.isAvailable() ? null : explain(IoUring.unavailabilityCause(), disabled(DISABLED));
	}

	/**
	 * Explain why Netty can't use io_uring.
	 * @param cause what Netty says
	 * @param disabled the value of the sysctl kernel.io_uring_disabled
	 * @return what is in the way and what to do
	 */
	static String explain(Throwable cause, String disabled) {
		String message = String.valueOf(cause.getMessage());
		if (cause instanceof LinkageError) {
			return "Netty's library for it can't be loaded (%s); add io.netty:netty-transport-native-io_uring with the classifier linux-%s"
				.formatted(message, architecture(System.getProperty("os.arch")));
		}
		if (!message.endsWith(NOT_PERMITTED)) {
			return "Netty can't use it here (%s); leave prefork.transport at auto".formatted(message);
		}
		return switch (disabled) {
			case "2" -> "the kernel refuses it to all processes; set the sysctl kernel.io_uring_disabled to 0";
			case "1" -> "the kernel refuses it to processes that are not in the group of the sysctl "
					+ "kernel.io_uring_group; set kernel.io_uring_disabled to 0, or add the user to that group";
			default -> "a seccomp filter refuses it, as those of container engines do; allow io_uring_setup, "
					+ "io_uring_enter and io_uring_register, or leave prefork.transport at auto";
		};
	}

	private static String architecture(String name) {
		return switch (name) {
			case "amd64" -> "x86_64";
			case "aarch64" -> "aarch_64";
			default -> name;
		};
	}

	private static String disabled(Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			// Before Linux 6.6 there is no such switch.
			return "0";
		}
	}

}
