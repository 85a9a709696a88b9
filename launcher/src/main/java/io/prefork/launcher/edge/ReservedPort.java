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

import io.prefork.protocol.FromWorker.Listen;

/**
 * A port that is only kept for workers that bind it themselves.
 *
 * @param address the port
 */
public record ReservedPort(TcpAddress address) implements ListenAddress {

	@Override
	public Listen request(int number) {
		return new Listen(0, this.address.host(), this.address.port(), this.address.occurrence(), number, true);
	}

	@Override
	public <R, E extends Exception> R handle(Handler<R, E> handler) throws E {
		return handler.reserved(this);
	}

	@Override
	public String toString() {
		return this.address.toString();
	}

}
