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

package io.prefork.launcher.signal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.supervisor.Event;

/**
 * What signals to the master mean. A terminal sends WINCH whenever its window changes, so
 * there it means nothing, and HUP when it is gone, which means what it means to any JVM.
 */
public final class OperatorSignals {

	private OperatorSignals() {
	}

	/**
	 * What to call for each signal, by its name without SIG.
	 * @param supervisor is told what the operator wants
	 * @param log the log
	 * @param reopenLogs opens all log files again
	 * @param upgrade begins to replace this master
	 * @param terminal the terminal from which the master is controlled
	 * @return the handlers
	 */
	public static Map<String, Runnable> handlers(Consumer<Event> supervisor, MasterLog log, Runnable reopenLogs,
			Runnable upgrade, Terminal terminal) {
		Map<String, Runnable> handlers = new LinkedHashMap<>();
		handlers.put("TERM", () -> supervisor.accept(new Event.StopRequested(false)));
		handlers.put("INT", () -> supervisor.accept(new Event.StopRequested(true)));
		handlers.put("HUP", () -> {
			if (!terminal.hasHungUp()) {
				supervisor.accept(new Event.ReloadRequested());
			}
			else if (terminal.isIgnored()) {
				log.info("the terminal has hung up; the service goes on, as nohup wants it");
			}
			else {
				log.info("the terminal has hung up, so the service stops; start it with setsid to let it outlive that");
				supervisor.accept(new Event.StopRequested(false));
			}
		});
		handlers.put("TTIN", () -> supervisor.accept(new Event.ScaleRequested(1, true)));
		handlers.put("TTOU", () -> supervisor.accept(new Event.ScaleRequested(-1, true)));
		handlers.put("USR1", reopenLogs);
		handlers.put("USR2", new UpgradeSignal(log, upgrade));
		if (!terminal.isPresent()) {
			handlers.put("WINCH", () -> supervisor.accept(new Event.PauseRequested()));
		}
		return handlers;
	}

}
