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
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ConfigurableApplicationContext;

import io.prefork.status.Hint;

/**
 * Looks through an application for all that is known to be another thing in several
 * processes. What can't be looked at is left out: no start fails for a hint.
 */
public final class ApplicationHints {

	private static final Log logger = LogFactory.getLog(ApplicationHints.class);

	private static final List<HintFinder> FINDERS = List.of(StateHints::sessions, StateHints::caches,
			StateHints::databases, StateHints::broadcasts, StateHints::limits, WorkHints::schedules,
			WorkHints::schedulers, WorkHints::scripts, WorkHints::schemas, ServiceHints::adminServer,
			ServiceHints::registries, ServiceHints::pools, ServiceHints::logFiles);

	private ApplicationHints() {
	}

	/**
	 * Look through an application. Creates no bean, and opens no connection.
	 * @param context its context, which has been refreshed
	 * @return what was found
	 */
	public static List<Hint> in(ConfigurableApplicationContext context) {
		ExaminedApplication application = new ExaminedApplication(context);
		return FINDERS.stream().flatMap((finder) -> find(finder, application)).toList();
	}

	private static Stream<Hint> find(HintFinder finder, ExaminedApplication application) {
		try {
			return finder.find(application).toList().stream();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("The application could not be looked through", ex);
			return Stream.empty();
		}
	}

}
