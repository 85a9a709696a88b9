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

package io.prefork.boot.liveness;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What holds up the start of this process, as far as the thread shows that runs the main
 * method.
 */
public final class StartProgress {

	private static final int FRAMES = 25;

	private StartProgress() {
	}

	/**
	 * Say where the main thread is.
	 * @return a sentence and the stack
	 */
	public static String describe() {
		return "it was not ready within prefork.boot-timeout, and before it is no connection is accepted, from itself "
				+ "neither (WorkerReadyEvent says when); " + stack();
	}

	private static String stack() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((thread) -> thread.getKey().getName().equals("main"))
			.map(Map.Entry::getValue)
			.findFirst()
			.map((frames) -> Stream.of(frames)
				.limit(FRAMES)
				.map("%n\tat %s"::formatted)
				.collect(Collectors.joining("", "main was", "")))
			.orElse("main has returned");
	}

}
