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

package io.prefork.launcher.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.ConsoleHandler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;

import io.prefork.launcher.process.CurrentJvm;

/**
 * Sends the launcher's log to standard output, in lines like those of Spring Boot.
 */
public final class ConsoleLog extends ConsoleHandler {

	private static final String CONFIGURATION = """
			handlers=%s
			.level=INFO
			java.util.logging.SimpleFormatter.format=%%1$tFT%%1$tT.%%1$tL%%1$tz %%4$7s %d --- %%3$-8s: %%5$s%%6$s%%n
			""";

	/**
	 * Called by the log manager.
	 */
	public ConsoleLog() {
		setOutputStream(System.out);
	}

	static void install() {
		String configuration = CONFIGURATION.formatted(ConsoleLog.class.getName(), CurrentJvm.pid());
		try {
			LogManager.getLogManager()
				.readConfiguration(new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public synchronized void publish(LogRecord record) {
		super.publish(record);
		flush();
	}

	@Override
	public synchronized void close() {
		flush();
	}

}
