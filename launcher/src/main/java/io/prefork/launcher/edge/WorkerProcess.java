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

package io.prefork.launcher.edge;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.prefork.status.ProcessStatus.Usage;

/**
 * The process of a worker.
 */
public interface WorkerProcess {

	/**
	 * Its process id.
	 * @return the id
	 */
	long pid();

	/**
	 * Read what it has of the machine, which takes some milliseconds.
	 * @return the usage, or {@code null} if it has ended
	 */
	@Nullable Usage usage();

	/**
	 * Whether it has a file in its memory, see proc(5), maps.
	 * @param file the file
	 * @return {@code false} if not, or if it has ended
	 */
	boolean maps(Path file);

	/**
	 * Let it have as much CPU time as the others, from now on.
	 */
	void hasten();

	/**
	 * Send SIGTERM; nothing happens if the process has ended.
	 */
	void terminate();

	/**
	 * Send SIGKILL; nothing happens if the process has ended.
	 */
	void kill();

}
