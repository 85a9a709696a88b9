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

import io.prefork.contract.Scoreboard;

/**
 * Those who get the connections that the master accepts. Thread-safe; methods return at
 * once.
 */
public interface ConnectionTargets {

	/**
	 * Pass connections to a worker from now on.
	 * @param worker the way to it
	 * @param line its line of the scoreboard
	 */
	void add(ConnectionSink worker, Scoreboard.Line line);

	/**
	 * Pass no more connections to a worker, and let it know when it has them all.
	 * @param worker the way to it
	 */
	void end(ConnectionSink worker);

	/**
	 * A worker has ended. What was on the way to it goes to others.
	 * @param worker the way to it
	 */
	void remove(ConnectionSink worker);

}
