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

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.slf4j.LoggerFactory;
import org.springframework.util.ClassUtils;

/**
 * The files into which this process logs.
 */
public final class LogFiles {

	private static final Log logger = LogFactory.getLog(LogFiles.class);

	private static final boolean LOGBACK = ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext",
			LogFiles.class.getClassLoader());

	private LogFiles() {
	}

	/**
	 * Open all log files again, under the names they had: somebody moved them away. Says
	 * in the log if the logging system is one for which this is not possible.
	 */
	public static void reopen() {
		if (LOGBACK && Logback.reopen()) {
			return;
		}
		logger.warn("The log files can't be opened again: that is possible with Logback only. Let the logging system "
				+ "rotate its files itself, or use copytruncate in logrotate");
	}

	/**
	 * Apart, since Logback may not be there.
	 */
	private static final class Logback {

		static boolean reopen() {
			if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
				return false;
			}
			List<String> files = new ArrayList<>();
			context.getLoggerList().forEach((owner) -> reopen(owner, files));
			if (logger.isInfoEnabled()) {
				logger.info("Log files opened again: " + files);
			}
			return true;
		}

		private static void reopen(AppenderAttachable<ILoggingEvent> owner, List<String> files) {
			for (Iterator<Appender<ILoggingEvent>> appenders = owner.iteratorForAppenders(); appenders.hasNext();) {
				Appender<ILoggingEvent> appender = appenders.next();
				if (appender instanceof FileAppender<ILoggingEvent> file && file.isStarted()) {
					reopen(file, files);
				}
				else if (appender instanceof AppenderAttachable<?>) {
					@SuppressWarnings("unchecked")
					AppenderAttachable<ILoggingEvent> inner = (AppenderAttachable<ILoggingEvent>) appender;
					reopen(inner, files);
				}
			}
		}

		private static void reopen(FileAppender<ILoggingEvent> appender, List<String> files) {
			String file = appender.getFile();
			try {
				// What was logged must stay if nobody moved the file.
				appender.setAppend(true);
				appender.openFile(file);
				files.add(file);
			}
			catch (IOException ex) {
				logger.error("Log file %s can't be opened again".formatted(file), ex);
			}
		}

	}

}
