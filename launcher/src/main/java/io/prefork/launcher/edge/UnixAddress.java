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

import io.prefork.contract.UnixSocketAddress;
import io.prefork.protocol.FromWorker.Listen;

/**
 * A Unix domain socket to listen on, of which there is always just one.
 *
 * @param socket its file, mode and owner
 * @param occurrence how many times the same worker asked for this address before
 */
public record UnixAddress(UnixSocketAddress socket, int occurrence) implements ListenAddress {

	@Override
	public Listen request(int number) {
		return new Listen(0, this.socket.toString(), 0, this.occurrence, number, false);
	}

	@Override
	public <R, E extends Exception> R handle(Handler<R, E> handler) throws E {
		return handler.unix(this);
	}

	@Override
	public String toString() {
		return this.socket.toString();
	}

}
