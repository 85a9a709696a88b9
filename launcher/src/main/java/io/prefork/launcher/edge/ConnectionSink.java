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

import java.util.function.Consumer;

/**
 * The way on which connections get to one worker. Thread-safe; methods return at once.
 */
public interface ConnectionSink {

	/**
	 * Pass a copy of a connection.
	 * @param descriptor the connection's descriptor, which has to stay open until it is
	 * sent
	 * @param sent is told whether it could be sent, on any thread
	 */
	void sendConnection(int descriptor, Consumer<Boolean> sent);

	/**
	 * Say that no more connections will be passed, when all that were passed are sent.
	 */
	void endConnections();

}
