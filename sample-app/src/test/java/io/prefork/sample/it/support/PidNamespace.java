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

package io.prefork.sample.it.support;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service whose master is process 1, as in a container: {@code unshare} starts it in a
 * pid namespace of its own. Processes have one pid in there, which the service logs, and
 * another one out here. See unshare(1), pid_namespaces(7), proc(5).
 */
public final class PidNamespace {

	/**
	 * What makes a command process 1 of a new namespace.
	 */
	public static final List<String> UNSHARE = List.of("unshare", "--user", "--map-root-user", "--pid", "--fork",
			"--kill-child", "--mount-proc");

	private final PreforkService service;

	/**
	 * Create a view of a service that was started through {@link #UNSHARE}.
	 * @param service the service; its pid is that of {@code unshare}
	 */
	public PidNamespace(PreforkService service) {
		this.service = service;
	}

	/**
	 * Whether this user may create a pid namespace.
	 * @return {@code false} if not, or if there is no {@code unshare}
	 */
	public static boolean isPermitted() {
		return isPermitted(UNSHARE);
	}

	/**
	 * Whether this user may create namespaces.
	 * @param unshare the command that creates them and becomes the one that is appended
	 * @return {@code false} if not, or if there is no {@code unshare}
	 */
	public static boolean isPermitted(List<String> unshare) {
		try {
			return new ProcessBuilder(Stream.concat(unshare.stream(), Stream.of("true")).toList()).start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for unshare", ex);
		}
	}

	/**
	 * Return the pid that a process has out here.
	 * @param inside its pid in the namespace, 1 for the master
	 * @return its pid
	 */
	public long outside(long inside) {
		String suffix = "\t" + inside;
		return this.service.descendants()
			.stream()
			.filter((pid) -> statusOf(pid, "NSpid").endsWith(suffix))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No process " + inside + " in the namespace of " + this.service));
	}

	/**
	 * Return the pid out here of a process' parent.
	 * @param pid the process, by its pid out here
	 * @return the parent
	 */
	public static long parent(long pid) {
		return Long.parseLong(statusOf(pid, "PPid").strip());
	}

	/**
	 * Whether anything is left of a process, be it a zombie.
	 * @param pid the process, by its pid out here
	 * @return whether there is an entry for it in the table of processes
	 */
	public static boolean isInTable(long pid) {
		return !Family.read(pid, "status").isEmpty();
	}

	private static String statusOf(long pid, String field) {
		return Family.read(pid, "status")
			.lines()
			.filter((line) -> line.startsWith(field + ":"))
			.map((line) -> line.substring(field.length() + 1))
			.findFirst()
			.orElse("");
	}

}
