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

import java.net.InetSocketAddress;
import java.util.function.Supplier;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.rsocket.autoconfigure.RSocketProperties;
import org.springframework.boot.rsocket.netty.NettyRSocketServerFactory;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

import io.prefork.boot.control.BindAddress;

/**
 * Makes an RSocket server with a port of its own get its listener from the master. Does
 * nothing in a process that is not a worker.
 */
public final class RSocketListeners implements BeanPostProcessor {

	private final Supplier<ServerResources> loops;

	private final Supplier<RSocketProperties> properties;

	/**
	 * Create a post-processor, which asks for nothing before there is an RSocket server.
	 * @param loops the event loops of the server
	 * @param properties where the server listens
	 */
	public RSocketListeners(Supplier<ServerResources> loops, Supplier<RSocketProperties> properties) {
		this.loops = loops;
		this.properties = properties;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof NettyRSocketServerFactory factory) {
			LoopResources loops = this.loops.get().at(address(this.properties.get().getServer()));
			if (loops != null) {
				ReactorResourceFactory resources = new ReactorResourceFactory();
				resources.setLoopResources(loops);
				factory.setResourceFactory(resources);
			}
		}
		return bean;
	}

	private static BindAddress address(RSocketProperties.Server server) {
		Integer port = server.getPort();
		return new BindAddress(new InetSocketAddress(server.getAddress(), (port != null) ? port : 0));
	}

}
