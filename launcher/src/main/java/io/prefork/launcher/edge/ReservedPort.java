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

import java.net.InetSocketAddress;

import io.prefork.protocol.FromWorker.Listen;

/**
 * A port that is only kept for workers that bind it themselves.
 *
 * @param host the address to bind, as a literal
 * @param port the port to bind, 0 for one that the system chooses
 * @param occurrence how many times the same worker asked for this address before
 */
public record ReservedPort(String host, int port, int occurrence) implements ListenAddress {

	@Override
	public Listen request(int number) {
		return new Listen(0, this.host, this.port, this.occurrence, number, true);
	}

	@Override
	public <R, E extends Exception> R handle(Handler<R, E> handler) throws E {
		return handler.reserved(this);
	}

	/**
	 * Where to bind.
	 * @return the address, as the JDK says it
	 */
	public InetSocketAddress toSocketAddress() {
		return new InetSocketAddress(this.host, this.port);
	}

	@Override
	public String toString() {
		return TcpAddress.format(this.host, this.port);
	}

}
