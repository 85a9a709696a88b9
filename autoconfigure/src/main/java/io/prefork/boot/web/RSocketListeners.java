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

package io.prefork.boot.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.channel.EventLoopGroup;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.rsocket.autoconfigure.RSocketProperties;
import org.springframework.boot.rsocket.netty.NettyRSocketServerFactory;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

import io.prefork.boot.control.BindAddress;
import io.prefork.boot.control.MasterConnection;

/**
 * Makes an RSocket server with a port of its own get its listener from the master.
 */
public final class RSocketListeners implements BeanPostProcessor {

	private final Supplier<RSocketProperties> properties;

	private final Supplier<ReactorResourceFactory> resources;

	private final Supplier<ServerLoops> loops;

	private final HandedListeners listeners;

	private final Consumer<EventLoopGroup> serving;

	/**
	 * Create a post-processor. What it is given as suppliers is not asked for before
	 * there is an RSocket server.
	 * @param properties where the server listens
	 * @param resources the application's event loops
	 * @param loops the event loops of the servers
	 * @param master the connection to the master
	 * @param gate whether the worker accepts
	 * @param connections the worker's connections
	 * @param serving is told the event loops that serve
	 */
	public RSocketListeners(Supplier<RSocketProperties> properties, Supplier<ReactorResourceFactory> resources,
			Supplier<ServerLoops> loops, MasterConnection master, AcceptGate gate, Connections connections,
			Consumer<EventLoopGroup> serving) {
		this.properties = properties;
		this.resources = resources;
		this.loops = loops;
		this.listeners = new HandedListeners(master, gate, connections, Map.of());
		this.serving = serving;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof NettyRSocketServerFactory factory) {
			RSocketProperties.Server server = this.properties.get().getServer();
			factory.setResourceFactory(new Resources(new ListenerLoopResources(this.resources.get().getLoopResources(),
					this.loops.get(), this.listeners, List.of(address(server)), this.serving, false)));
		}
		return bean;
	}

	private static BindAddress address(RSocketProperties.Server server) {
		InetAddress address = server.getAddress();
		Integer port = server.getPort();
		return new BindAddress(new InetSocketAddress(address, (port != null) ? port : 0));
	}

	/**
	 * Event loops for one server.
	 */
	private static final class Resources extends ReactorResourceFactory {

		private final LoopResources loops;

		Resources(LoopResources loops) {
			this.loops = loops;
		}

		@Override
		public LoopResources getLoopResources() {
			return this.loops;
		}

	}

}
