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

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.prefork.launcher.supervisor.Decision;

/**
 * The master's log. Lines about a worker have the form
 * <code>worker=&lt;slot&gt; gen=&lt;n&gt; pid=&lt;pid&gt; &lt;what happened&gt;</code>.
 * Goes to the platform's logger, which Spring Boot joins to its own.
 */
public final class MasterLog {

	private final Logger logger = System.getLogger("prefork");

	private final History history;

	/**
	 * Create a log of which nobody wants the history.
	 */
	public MasterLog() {
		this(new History());
	}

	/**
	 * Create a log.
	 * @param history remembers what is logged
	 */
	public MasterLog(History history) {
		this.history = history;
	}

	public void info(String message) {
		log(Level.INFO, "", message);
	}

	public void warn(String message) {
		log(Level.WARNING, "", message);
	}

	public void error(String message) {
		log(Level.ERROR, "", message);
	}

	public void error(String message, Throwable cause) {
		this.logger.log(Level.ERROR, message, cause);
	}

	public void worker(String name, String what) {
		log(Level.INFO, name, what);
	}

	public void workerWarning(String name, String what) {
		log(Level.WARNING, name, what);
	}

	public void ready(List<String> addresses, Decision.Announce announce) {
		String workers = (announce.ready() == announce.workers()) ? Integer.toString(announce.workers())
				: announce.ready() + "/" + announce.workers();
		String what = "ready address=%s workers=%s gen=%d in %s".formatted(String.join(",", addresses), workers,
				announce.generation(), seconds(announce.took()));
		if (announce.ready() == announce.workers()) {
			info(what);
		}
		else {
			warn(what + ": not all workers could boot");
		}
	}

	public static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
	}

	private void log(Level level, String worker, String what) {
		this.history.add(worker, what);
		this.logger.log(level, worker.isEmpty() ? what : worker + " " + what);
	}

}
