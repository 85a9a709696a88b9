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

package io.prefork.launcher.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the master has logged since.
 */
public final class LoggedLines extends Handler implements AutoCloseable {

	private final Logger logger = Logger.getLogger("prefork");

	private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

	public LoggedLines() {
		this.logger.addHandler(this);
	}

	@Override
	public void publish(LogRecord entry) {
		this.lines.add("%s %s".formatted(entry.getLevel(), entry.getMessage()));
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
		this.logger.removeHandler(this);
	}

	public List<String> lines() {
		return List.copyOf(this.lines);
	}

}
