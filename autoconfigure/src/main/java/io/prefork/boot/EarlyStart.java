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

package io.prefork.boot;

import java.nio.file.Path;
import java.util.List;

import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.prefork.boot.lifecycle.TerminalSignals;
import io.prefork.contract.WorkerIdentity;
import io.prefork.launcher.signal.HeldSignals;
import io.prefork.launcher.startup.SmallMaster;

/**
 * What has to happen before it is known what this process becomes: the earliest moment of
 * an application.
 */
final class EarlyStart implements ApplicationListener<ApplicationStartingEvent>, Ordered {

	private static final String OFF = "false";

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationStartingEvent event) {
		if (ThisWorker.identity(System.getenv()) != null) {
			TerminalSignals.ignore();
		}
		else if (System.getenv(WorkerIdentity.DESCRIBE_VARIABLE) == null && !WorkerIdentity.isTrained(System.getenv())
				&& OneProcessReason.isLinux()) {
			if (SmallMaster.isPossible() && StartedFrom.main()) {
				becomeSmall(event.getArgs());
			}
			HeldSignals.hold();
		}
	}

	/**
	 * The settings are not known yet, but those that were given to this process are.
	 * @param arguments the application's arguments
	 */
	private static void becomeSmall(String[] arguments) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
		ConfigurationPropertySources.attach(environment);
		if (!OFF.equals(environment.getProperty("prefork.enabled"))
				&& !OFF.equals(environment.getProperty("prefork.preload.enabled"))) {
			String cache = environment.getProperty("prefork.preload.cache-dir");
			SmallMaster.become(List.of(arguments), (cache != null) ? Path.of(cache) : null);
		}
	}

}
