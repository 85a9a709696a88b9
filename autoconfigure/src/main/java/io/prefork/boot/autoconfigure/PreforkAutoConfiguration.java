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
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;

import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.drain.Connections;
import io.prefork.boot.event.WorkerLifecycle;
import io.prefork.boot.hints.HintReporter;
import io.prefork.boot.lifecycle.ReadyReporter;
import io.prefork.boot.lifecycle.WorkerDrain;
import io.prefork.boot.lifecycle.WorkerHooks;
import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.boot.shared.SharedData;
import io.prefork.boot.transport.EpollTransport;
import io.prefork.boot.transport.IoUringTransport;
import io.prefork.boot.transport.NioTransport;
import io.prefork.boot.transport.ServerTransport;
import io.prefork.boot.transport.TransportLoops;
import io.prefork.boot.web.ListenerCustomizer;
import io.prefork.boot.web.ServerResources;
import io.prefork.boot.web.TrainingRequests;
import io.prefork.protocol.FromWorker;
import io.prefork.rundir.RunDirectory;

/**
 * Auto-configuration of a worker. The beans are there in every process, so that contexts
 * processed ahead of time have them, and do nothing where the process is not a worker.
 */
@AutoConfiguration(before = NettyReactiveWebServerAutoConfiguration.class)
@ConditionalOnClass(NettyReactiveWebServerFactory.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@EnableConfigurationProperties(PreforkProperties.class)
public final class PreforkAutoConfiguration {

	@Bean
	TransportLoops preforkServerLoops(PreforkProperties properties) {
		return new TransportLoops(() -> transport(properties.transport()));
	}

	@Bean
	ServerResources preforkListenerLoops(TransportLoops loops, ObjectProvider<ReactorResourceFactory> resources) {
		return serverResources(loops, resources);
	}

	static ServerResources serverResources(TransportLoops loops, ObjectProvider<ReactorResourceFactory> resources) {
		WorkerRuntime worker = WorkerRuntime.current();
		return (worker != null)
				? new ServerResources(worker.master(), loops, worker.gate(), worker.connections(), worker.loops()::add,
						resources.getIfUnique())
				: new ServerResources(null, loops, new AcceptGate(), new Connections(), (serving) -> {
				}, resources.getIfUnique());
	}

	@Bean
	ListenerCustomizer preforkListenerCustomizer(PreforkProperties properties, ServerResources loops) {
		return new ListenerCustomizer(loops, properties.bind());
	}

	private static ServerTransport transport(PreforkProperties.Transport transport) {
		return switch (transport) {
			case AUTO, EPOLL -> new EpollTransport();
			case IO_URING -> IoUringTransport.orEpoll();
			case NIO -> new NioTransport();
		};
	}

	@Bean
	@ConditionalOnMissingBean
	SharedData preforkSharedData() {
		WorkerRuntime worker = WorkerRuntime.current();
		return new SharedData((worker != null)
				? RunDirectory.generation(worker.identity().runDirectory(), worker.identity().generation())
					.resolve("shared")
				: null);
	}

	@Bean
	ReadyReporter preforkReadyReporter(ApplicationContext context) {
		return new ReadyReporter(WorkerRuntime.current(), context);
	}

	@Bean
	TrainingRequests preforkTrainingRequests(ApplicationContext context, PreforkProperties properties) {
		return new TrainingRequests(context, properties.preload().warmup());
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "prefork.hints", matchIfMissing = true)
	HintReporter preforkHintReporter(ConfigurableApplicationContext context) {
		WorkerRuntime worker = WorkerRuntime.current();
		return (worker != null && worker.identity().workers() > 1) ? new HintReporter(context,
				(hints) -> worker.master().send(new FromWorker.Hints(hints)), worker.identity().initializer())
				: new HintReporter(context, null, false);
	}

	@Bean
	WorkerHooks preforkWorkerHooks(ObjectProvider<WorkerLifecycle> hooks) {
		return new WorkerHooks(hooks);
	}

	@Bean
	WorkerDrain preforkWorkerDrain(ApplicationContext context) {
		return new WorkerDrain(WorkerRuntime.current(), context);
	}

}
