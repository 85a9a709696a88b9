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

/**
 * What became of one request of a {@link LoadClient}.
 */
public enum Outcome {

	/**
	 * A complete response with a status below 400.
	 */
	OK,

	/**
	 * A complete response with a status of 400 or more.
	 */
	HTTP_ERROR,

	/**
	 * Nobody listened on the port.
	 */
	CONNECT_REFUSED,

	/**
	 * The connection was not established in time, as with a full accept queue.
	 */
	CONNECT_TIMEOUT,

	/**
	 * The server reset the connection.
	 */
	RESET,

	/**
	 * A kept-alive connection turned out to be closed when its next request was sent; not
	 * a byte of the response came.
	 */
	STALE,

	/**
	 * The server closed a new connection without a byte of a response.
	 */
	EOF_BEFORE_RESPONSE,

	/**
	 * The server closed the connection in the middle of a response.
	 */
	TRUNCATED,

	/**
	 * The server was silent for too long.
	 */
	READ_TIMEOUT,

	/**
	 * Anything else, such as a response that is not HTTP.
	 */
	OTHER

}
