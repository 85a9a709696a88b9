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

package io.prefork.launcher.control;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Waits for the file of a socket, see inotify(7).
 */
final class SocketWatch {

	private final CompletableFuture<Void> found = new CompletableFuture<>();

	private final Path socket;

	private final WatchService watch;

	private SocketWatch(Path socket, WatchService watch) {
		this.socket = socket;
		this.watch = watch;
	}

	/**
	 * Wait for a file.
	 * @param socket the file, in an existing directory
	 * @return completes when it is there, on any thread; may be cancelled
	 */
	static CompletableFuture<Void> await(Path socket) {
		try {
			Path directory = Objects.requireNonNull(socket.toAbsolutePath().getParent());
			WatchService watch = directory.getFileSystem().newWatchService();
			directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
			return new SocketWatch(socket, watch).begin();
		}
		catch (IOException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private CompletableFuture<Void> begin() {
		Thread thread = new Thread(this::look, "prefork-watch");
		thread.setDaemon(true);
		thread.start();
		this.found.whenComplete((done, cancelled) -> close());
		return this.found;
	}

	private void look() {
		try {
			while (!Files.exists(this.socket)) {
				WatchKey key = this.watch.take();
				key.pollEvents();
				key.reset();
			}
			this.found.complete(null);
		}
		catch (InterruptedException | ClosedWatchServiceException ex) {
			this.found.cancel(false);
		}
	}

	private void close() {
		try {
			this.watch.close();
		}
		catch (IOException ex) {
			// Nobody waits any more.
		}
	}

}
