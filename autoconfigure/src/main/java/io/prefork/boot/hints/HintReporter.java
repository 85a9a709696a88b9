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

package io.prefork.boot.hints;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

import io.prefork.status.Hint;

/**
 * Looks through the application when it has started, and tells what was found.
 */
public final class HintReporter implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog("prefork");

	private final ConfigurableApplicationContext context;

	private final @Nullable Consumer<List<Hint>> receiver;

	private final boolean first;

	/**
	 * Create a reporter.
	 * @param context the application
	 * @param receiver is told what was found; {@code null} if this process is the only
	 * one
	 * @param first whether this is the first worker of the service, which logs it, too
	 */
	public HintReporter(ConfigurableApplicationContext context, @Nullable Consumer<List<Hint>> receiver,
			boolean first) {
		this.context = context;
		this.receiver = receiver;
		this.first = first;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (this.receiver == null || event.getApplicationContext() != this.context) {
			return;
		}
		List<Hint> hints = ApplicationHints.in(this.context);
		this.receiver.accept(hints);
		if (this.first && !hints.isEmpty() && logger.isInfoEnabled()) {
			logger.info("Several processes run this application, which changes what it has "
					+ "(see docs/many-processes.md; prefork.hints: off):"
					+ hints.stream().map(HintReporter::line).collect(Collectors.joining()));
		}
	}

	private static String line(Hint hint) {
		return "%n  %s: %s. Remedy: %s".formatted(hint.topic(), hint.finding(), hint.remedy());
	}

}
