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

package io.prefork.launcher.edge;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Tells the service manager how the service is, see sd_notify(3).
 */
public interface NotifyEdge extends AutoCloseable {

	/**
	 * The service has started, or a reload has ended.
	 * @param status what the service does, in a line
	 */
	void ready(String status);

	/**
	 * A reload begins now; {@link #ready} is to follow, whatever comes of it.
	 * @param status what the service does, in a line
	 */
	void reloading(String status);

	/**
	 * The service begins to stop.
	 * @param status what the service does, in a line
	 * @param longest how long that may take, which the service manager has to wait
	 */
	void stopping(String status, Duration longest);

	/**
	 * Something has changed that people may want to see.
	 * @param status what the service does, in a line
	 */
	void status(String status);

	/**
	 * Another process is the service from now on, and speaks for it: nothing else is sent
	 * after this.
	 * @param pid the process
	 */
	void mainPid(long pid);

	/**
	 * Give a sign of life if one is due. To be called by the loop whose life it proves,
	 * each time it comes round.
	 * @return how long it is until the next one; {@code null} if none is wanted
	 */
	@Nullable Duration signOfLife();

	/**
	 * Wait a moment until everything is sent. Nothing is sent after this.
	 */
	@Override
	void close();

}
