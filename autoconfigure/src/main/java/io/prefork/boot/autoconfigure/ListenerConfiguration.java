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

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.boot.web.AcceptGate;
import io.prefork.boot.web.Connections;
import io.prefork.boot.web.ListenerCustomizer;
import io.prefork.boot.web.ServerLoops;

/**
 * Gives the servers of a context listeners of the master's.
 */
@Configuration(proxyBeanMethods = false)
class ListenerConfiguration {

	@Bean
	ListenerCustomizer preforkListenerCustomizer(ServerLoops loops, ObjectProvider<ReactorResourceFactory> resources) {
		WorkerRuntime worker = WorkerRuntime.current();
		return (worker != null)
				? new ListenerCustomizer(worker.master(), loops, worker.gate(), worker.connections(),
						worker.loops()::add, resources.getIfUnique())
				: new ListenerCustomizer(null, loops, new AcceptGate(), new Connections(), (serving) -> {
				}, resources.getIfUnique());
	}

}
