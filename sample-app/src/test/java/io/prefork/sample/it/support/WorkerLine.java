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

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log line of the master about one worker: {@code worker=0 gen=1 pid=10 ready in 3 s}.
 *
 * @param slot the slot
 * @param generation the generation
 * @param pid the process id
 * @param what what happened
 */
record WorkerLine(int slot, long generation, long pid, String what) {

	private static final Pattern FORM = Pattern.compile("\\bworker=(\\d+) gen=(\\d+) pid=(\\d+) (.*)$");

	private static final Pattern LEAVES = Pattern.compile("(draining|drained|exited|killed)\\b.*");

	private static final Pattern GONE = Pattern.compile("(exited|killed)\\b.*");

	static Optional<WorkerLine> parse(String line) {
		Matcher matcher = FORM.matcher(line);
		if (!matcher.find()) {
			return Optional.empty();
		}
		return Optional.of(new WorkerLine(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)),
				Long.parseLong(matcher.group(3)), matcher.group(4)));
	}

	/**
	 * Tell whether the worker serves from now on, after a start or as a former spare.
	 * @return whether it is ready
	 */
	boolean isReady() {
		return this.what.startsWith("ready");
	}

	/**
	 * Tell whether the worker is on its way out, or gone.
	 * @return whether it takes no more connections
	 */
	boolean isLeaving() {
		return LEAVES.matcher(this.what).matches();
	}

	/**
	 * Tell whether the worker's process has ended.
	 * @return whether it is gone
	 */
	boolean isGone() {
		return GONE.matcher(this.what).matches();
	}

}
