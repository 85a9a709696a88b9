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

import io.prefork.protocol.FromMaster;

/**
 * The way to one worker. What is sent while it is not connected is lost, descriptors
 * apart.
 */
public interface WorkerSession extends ConnectionSink, AutoCloseable {

	/**
	 * The token that the worker has to show.
	 * @return the token
	 */
	String token();

	/**
	 * Tell which process the worker is, so that no other can claim to be it.
	 * @param pid its process id
	 */
	void started(long pid);

	void send(FromMaster message);

	/**
	 * Send a message and a copy of a descriptor.
	 * @param message says what the descriptor is for
	 * @param descriptor the descriptor, which has to stay open until it is sent
	 */
	void sendDescriptor(FromMaster message, int descriptor);

	/**
	 * Forget the worker, whose process has ended.
	 */
	@Override
	void close();

}
