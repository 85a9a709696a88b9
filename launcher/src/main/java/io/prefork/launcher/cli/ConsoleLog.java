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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

import io.prefork.launcher.process.CurrentJvm;

/**
 * Sends the launcher's log to standard output, in lines like those of Spring Boot.
 */
final class ConsoleLog extends StreamHandler {

	private ConsoleLog() {
		super(System.out, new LineFormatter());
	}

	static void install() {
		LogManager.getLogManager().reset();
		Logger.getLogger("").addHandler(new ConsoleLog());
	}

	@Override
	public synchronized void publish(LogRecord entry) {
		super.publish(entry);
		flush();
	}

	/**
	 * Standard output is not this handler's to close.
	 */
	@Override
	public synchronized void close() {
		flush();
	}

	private static final class LineFormatter extends Formatter {

		private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
				Locale.ROOT);

		private static final Map<Level, String> LEVELS = Map.of(Level.SEVERE, "ERROR", Level.WARNING, "WARN");

		private final long pid = CurrentJvm.pid();

		@Override
		public String format(LogRecord entry) {
			StringWriter line = new StringWriter();
			try (PrintWriter out = new PrintWriter(line)) {
				out.printf(Locale.ROOT, "%s %5s %d --- %s : %s%n",
						TIME.format(entry.getInstant().atZone(ZoneId.systemDefault())),
						LEVELS.getOrDefault(entry.getLevel(), entry.getLevel().getName()), this.pid,
						entry.getLoggerName(), entry.getMessage());
				if (entry.getThrown() != null) {
					entry.getThrown().printStackTrace(out);
				}
			}
			return line.toString();
		}

	}

}
