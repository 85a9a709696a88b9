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

import java.util.function.Consumer;

import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorRequest;

/**
 * Is told what happens on the control channel, on the control thread.
 */
public interface ControlListener {

	/**
	 * A worker said something.
	 * @param id the worker
	 * @param message what it said
	 * @param done to be called when that has been dealt with, on any thread: a worker is
	 * not listened to as long as much that it said has not
	 */
	void received(WorkerId id, FromWorker message, Runnable done);

	/**
	 * An operator asked for something, not by way of a worker.
	 * @param message what is asked for
	 * @param answers takes the answers, on any thread
	 */
	void asked(OperatorRequest message, Consumer<OperatorAnswer> answers);

	/**
	 * A worker's control connection has ended.
	 * @param id the worker
	 */
	void disconnected(WorkerId id);

	/**
	 * Somebody was turned away.
	 * @param reason why, with what is known about the peer
	 */
	void rejected(String reason);

}
