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

package io.prefork.boot.autoconfigure;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.client.ReactorResourceFactory;

import io.prefork.boot.control.BindAddress;
import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.boot.web.AcceptGate;
import io.prefork.boot.web.Connections;
import io.prefork.boot.web.ListenerCustomizer;
import io.prefork.boot.web.ServerLoops;

/**
 * Makes what gives the server of a context listeners of the master's.
 */
final class ListenerCustomizers {

	private ListenerCustomizers() {
	}

	/**
	 * Create a customizer.
	 * @param loops the event loops of the servers
	 * @param addresses where the server listens; empty for where it would without prefork
	 * @param resources the application's event loops
	 * @return the customizer, which does nothing in a process that is not a worker
	 */
	static ListenerCustomizer of(ServerLoops loops, List<BindAddress> addresses,
			ObjectProvider<ReactorResourceFactory> resources) {
		WorkerRuntime worker = WorkerRuntime.current();
		return (worker != null)
				? new ListenerCustomizer(worker.master(), loops, addresses, worker.gate(), worker.connections(),
						worker.loops()::add, resources.getIfUnique())
				: new ListenerCustomizer(null, loops, addresses, new AcceptGate(), new Connections(), (serving) -> {
				}, resources.getIfUnique());
	}

}
