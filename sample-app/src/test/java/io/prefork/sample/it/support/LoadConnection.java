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

package io.prefork.sample.it.support;

import java.io.Closeable;
import java.io.IOException;

/**
 * How one client of a load run sends its requests, one at a time; confined to one thread.
 */
interface LoadConnection extends Closeable {

	/**
	 * Send the request and read the response to its end.
	 * @throws IOException if there was no complete response, see {@link #outcomeOf}
	 */
	void exchange() throws IOException;

	/**
	 * Let the server close the connection first, then close it.
	 */
	void closeAfterServer();

	/**
	 * Close what is open, without an error.
	 */
	@Override
	void close();

	int status();

	boolean isToBeClosed();

	String body();

	byte[] bodyBytes();

	boolean isBody(byte[] other);

	Outcome outcomeOf(IOException ex);

	String describe(IOException ex);

}
