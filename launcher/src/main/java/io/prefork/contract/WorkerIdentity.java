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

package io.prefork.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the master tells a worker about itself, through environment variables.
 *
 * @param slot the worker's slot, from 0; below 0 for a spare, which learns its slot late
 * @param incarnation the worker's number within its slot, from 1
 * @param generation the worker's generation, from 1
 * @param workers how many workers there should be
 * @param initializer whether the worker does what has to be done once
 * @param line the worker's line on the {@link Scoreboard}
 * @param runDirectory the master's run directory
 * @param token the secret that proves to the master who is calling
 */
public record WorkerIdentity(int slot, int incarnation, int generation, int workers, boolean initializer, int line,
		Path runDirectory, String token) {

	/**
	 * Names the file into which a describe run writes its {@link Message.Described}.
	 */
	public static final String DESCRIBE_VARIABLE = "PREFORK_DESCRIBE_FILE";

	/**
	 * Is there in a training run that answers requests.
	 */
	public static final String TRAINING_VARIABLE = "PREFORK_TRAINING";

	/**
	 * Names the secret that proves to the master who is calling.
	 */
	public static final String TOKEN_VARIABLE = "PREFORK_WORKER_TOKEN";

	private static final String SLOT = "PREFORK_WORKER_SLOT";

	private static final String INCARNATION = "PREFORK_WORKER_INCARNATION";

	private static final String GENERATION = "PREFORK_WORKER_GENERATION";

	private static final String COUNT = "PREFORK_WORKER_COUNT";

	private static final String INITIALIZER = "PREFORK_WORKER_INITIALIZER";

	private static final String LINE = "PREFORK_WORKER_LINE";

	private static final String RUN_DIRECTORY = "PREFORK_WORKER_RUN_DIRECTORY";

	private static final String PARENT = "PREFORK_WORKER_PARENT";

	/**
	 * Whether a process is a training run that answers requests.
	 * @param variables its environment variables
	 * @return {@code true} if so
	 */
	public static boolean isTrained(Map<String, String> variables) {
		return variables.containsKey(TRAINING_VARIABLE);
	}

	/**
	 * Read the identity from a process' environment. A process that a worker starts has
	 * the same environment, and another parent; that of a worker is the master, if it
	 * lives.
	 * @param environment the environment variables
	 * @param parent the id of the process that started this one
	 * @return the identity, or {@code null} if the process is not a worker
	 */
	public static @Nullable WorkerIdentity from(Map<String, String> environment, long parent) {
		String slot = environment.get(SLOT);
		String incarnation = environment.get(INCARNATION);
		String generation = environment.get(GENERATION);
		String count = environment.get(COUNT);
		String initializer = environment.get(INITIALIZER);
		String line = environment.get(LINE);
		String runDirectory = environment.get(RUN_DIRECTORY);
		String token = environment.get(TOKEN_VARIABLE);
		if (slot == null || incarnation == null || generation == null || count == null || initializer == null
				|| line == null || runDirectory == null || token == null
				|| isInherited(environment.get(PARENT), parent)) {
			return null;
		}
		return new WorkerIdentity(Integer.parseInt(slot), Integer.parseInt(incarnation), Integer.parseInt(generation),
				Integer.parseInt(count), Boolean.parseBoolean(initializer), Integer.parseInt(line),
				Path.of(runDirectory), token);
	}

	/**
	 * Write the identity into the environment of a process that is about to be started.
	 * @param environment the environment variables to change
	 * @param parent the id of this process
	 */
	public void writeTo(Map<String, String> environment, long parent) {
		environment.put(SLOT, Integer.toString(this.slot));
		environment.put(INCARNATION, Integer.toString(this.incarnation));
		environment.put(GENERATION, Integer.toString(this.generation));
		environment.put(COUNT, Integer.toString(this.workers));
		environment.put(INITIALIZER, Boolean.toString(this.initializer));
		environment.put(LINE, Integer.toString(this.line));
		environment.put(RUN_DIRECTORY, this.runDirectory.toString());
		environment.put(TOKEN_VARIABLE, this.token);
		environment.put(PARENT, Long.toString(parent));
	}

	/**
	 * The master's control socket.
	 * @return the path of the socket
	 */
	public Path socket() {
		return RunDirectoryFiles.socketIn(this.runDirectory);
	}

	/**
	 * Whether the worker is a spare, which has no slot yet.
	 * @return {@code false} if it was started for a slot
	 */
	public boolean isSpare() {
		return this.slot < 0;
	}

	/**
	 * Whether this worker was started with the service, when nobody else serves.
	 * @return {@code true} for the first one of each slot
	 */
	public boolean isFirst() {
		return this.generation == 1 && this.incarnation == 1 && !isSpare();
	}

	@Override
	public String toString() {
		return "worker=%d gen=%d".formatted(this.slot, this.generation);
	}

	private static boolean isInherited(@Nullable String master, long parent) {
		return master == null
				|| (!master.equals(Long.toString(parent)) && Files.exists(Path.of("/proc").resolve(master)));
	}

}
