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

package io.prefork.boot.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.prefork.handover.ListenerHandover;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker.Listen;

/**
 * Where a worker that has lost its master waits for a new one, which comes to the same
 * socket.
 */
final class NewMaster {

	private static final Duration PACE = Duration.ofMillis(100);

	private NewMaster() {
	}

	/**
	 * Wait until a new master has taken over the listeners and its own workers are ready.
	 * If it dies before, wait for the next one.
	 * @param socket the socket to which a new master comes
	 * @param token the secret that this worker has to show
	 * @param listeners the descriptors of this worker's listeners
	 * @param serves whether this worker still serves
	 * @return how this worker has to leave, or {@code null} if it does not serve any more
	 */
	static FromMaster.@Nullable Drain await(Path socket, String token, Map<Listen, Integer> listeners,
			BooleanSupplier serves) {
		while (serves.getAsBoolean()) {
			try (ListenerHandover handover = ListenerHandover.to(socket, token, listeners)) {
				FromMaster.Drain drain = handover.await();
				if (drain != null) {
					return drain;
				}
			}
			catch (IOException ex) {
				// There is no new master yet.
			}
			LockSupport.parkNanos(PACE.toNanos());
		}
		return null;
	}

}
