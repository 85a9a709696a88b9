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

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker.Listen;

/**
 * Talks to other processes of the service.
 */
public interface ControlEdge extends AutoCloseable {

	/**
	 * Make room for a worker that is about to be started.
	 * @param id the worker
	 * @return the way to it
	 */
	WorkerSession expect(WorkerId id);

	/**
	 * Make room for a process that is going to hand over its listeners.
	 * @param pid its process id
	 * @param token the token that it has to show
	 * @param taken is given the descriptors by what they were asked for with, on any
	 * thread; they are the receiver's to close
	 * @return the way to it
	 */
	HolderSession expect(long pid, String token, Consumer<Map<Listen, Integer>> taken);

	/**
	 * Listen on one more Unix socket, whose file is there once connections are accepted.
	 * @param socket the path of the socket
	 * @throws IOException if that can't be done
	 */
	void listen(Path socket) throws IOException;

	/**
	 * Listen on a Unix socket unless this process does already and its file is there.
	 * @param socket the path of the socket
	 * @return whether that was needed
	 * @throws IOException if that can't be done
	 */
	boolean restore(Path socket) throws IOException;

	/**
	 * Make a secret.
	 * @return 128 random bits in hexadecimal
	 */
	String newToken();

	/**
	 * Wait until another process listens on a Unix socket in an existing directory.
	 * @param socket the path of the socket
	 * @return completes when it does, on any thread; may be cancelled
	 */
	CompletableFuture<Void> awaitSocket(Path socket);

	/**
	 * Hand copies of listeners to a new master. This process may go on accepting.
	 * @param socket the socket at which it listens
	 * @param token the secret that this process has to show
	 * @param listeners the listening sockets' descriptors by what they were asked for
	 * with, to stay open until they are sent
	 * @return completes when the new master is in charge, or with {@code false} when it
	 * is gone or does not want them; on any thread
	 */
	CompletableFuture<Boolean> handOver(Path socket, String token, Map<Listen, Integer> listeners);

	@Override
	void close();

}
