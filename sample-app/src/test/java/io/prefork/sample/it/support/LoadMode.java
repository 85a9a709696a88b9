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
 * How a {@link LoadClient} uses its connections.
 */
public enum LoadMode {

	/**
	 * Each client keeps one connection and opens another only when the server closed it.
	 */
	KEEP_ALIVE,

	/**
	 * Each request has a connection of its own, which the server is asked to close.
	 */
	CONNECTION_PER_REQUEST,

	/**
	 * Each request is a stream of a clear-text HTTP/2 connection (prior knowledge) that
	 * four clients share; the server has to have {@code server.http2.enabled}.
	 */
	HTTP2,

	/**
	 * As {@link #HTTP2}, on a TLS connection on which it is negotiated; the server's
	 * certificate is not looked at.
	 */
	HTTP2_TLS

}
