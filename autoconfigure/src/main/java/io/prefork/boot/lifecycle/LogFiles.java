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

package io.prefork.boot.lifecycle;

import java.util.Iterator;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.slf4j.LoggerFactory;
import org.springframework.util.ClassUtils;

/**
 * The log files of this process.
 */
public final class LogFiles {

	private static final Log logger = LogFactory.getLog(LogFiles.class);

	private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

	private LogFiles() {
	}

	/**
	 * Open the log files again under their names: somebody has moved them away.
	 */
	public static void reopen() {
		if (ClassUtils.isPresent(LOGBACK, null) && Logback.reopen()) {
			logger.info("Log files are opened again");
		}
		else {
			logger.warn("Log files can't be opened again: only Logback can do that");
		}
	}

	private static final class Logback {

		static boolean reopen() {
			if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
				return false;
			}
			for (Logger logger : context.getLoggerList()) {
				for (Iterator<Appender<ILoggingEvent>> appenders = logger.iteratorForAppenders(); appenders
					.hasNext();) {
					if (appenders.next() instanceof FileAppender<?> file) {
						file.stop();
						file.start();
					}
				}
			}
			return true;
		}

	}

}
