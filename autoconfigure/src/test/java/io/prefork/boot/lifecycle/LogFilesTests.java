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
import java.nio.file.Files;
import java.nio.file.Path;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LogFiles}.
 */
class LogFilesTests {

	private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final Logger logger = this.context.getLogger("log-files-test");

	@TempDir
	Path directory;

	private Path file;

	private Path moved;

	@BeforeEach
	void name() {
		this.file = this.directory.resolve("app.log");
		this.moved = this.directory.resolve("app.log.1");
		this.logger.setAdditive(false);
	}

	@AfterEach
	void detach() {
		this.logger.detachAndStopAllAppenders();
	}

	@Test
	void whenFileWasMovedThenLoggingGoesOnInNewOne() throws Exception {
		this.logger.addAppender(started(new FileAppender<>()));

		assertThatLoggingGoesOn();
	}

	@Test
	void whenRollingFileWasMovedThenLoggingGoesOnInNewOne() throws Exception {
		RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
		SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
		policy.setContext(this.context);
		policy.setParent(appender);
		policy.setFileNamePattern(this.directory.resolve("old-%d{yyyy-MM-dd}.%i.log").toString());
		policy.setMaxFileSize(FileSize.valueOf("1MB"));
		appender.setFile(this.file.toString());
		policy.start();
		appender.setRollingPolicy(policy);
		this.logger.addAppender(started(appender));

		assertThatLoggingGoesOn();
	}

	@Test
	void whenFileIsBehindAnAsynchronousAppenderThenItIsReopenedToo() throws Exception {
		AsyncAppender appender = new AsyncAppender();
		appender.setContext(this.context);
		appender.addAppender(started(new FileAppender<>()));
		appender.start();
		this.logger.addAppender(appender);

		assertThatLoggingGoesOn();
	}

	@Test
	void whenFileWasNotMovedThenNothingIsLost() throws Exception {
		FileAppender<ILoggingEvent> appender = new FileAppender<>();
		appender.setAppend(false);
		this.logger.addAppender(started(appender));
		this.logger.info("before");

		LogFiles.reopen();

		this.logger.info("after");
		assertThat(this.file).hasContent("before\nafter\n");
	}

	private void assertThatLoggingGoesOn() throws IOException {
		this.logger.info("before");
		await().untilAsserted(() -> assertThat(this.file).hasContent("before\n"));
		Files.move(this.file, this.moved);

		LogFiles.reopen();

		this.logger.info("after");
		await().untilAsserted(() -> assertThat(this.file).hasContent("after\n"));
		assertThat(this.moved).hasContent("before\n");
	}

	private Appender<ILoggingEvent> started(FileAppender<ILoggingEvent> appender) {
		PatternLayoutEncoder encoder = new PatternLayoutEncoder();
		encoder.setContext(this.context);
		encoder.setPattern("%m%n");
		encoder.start();
		appender.setContext(this.context);
		appender.setEncoder(encoder);
		if (appender.getFile() == null) {
			appender.setFile(this.file.toString());
		}
		appender.start();
		return appender;
	}

}
