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

import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import reactor.netty.resources.LoopResources;

import io.prefork.boot.control.BindAddress;
import io.prefork.boot.control.MasterConnection;
import io.prefork.protocol.UnixSocketAddress;

/**
 * Makes a gRPC server on Netty get its listener from the master, and run on the event
 * loops of the other servers.
 */
public final class GrpcListener implements ServerBuilderCustomizer<NettyServerBuilder> {

	private static final int DEFAULT_PORT = 9090;

	private final GrpcServerProperties properties;

	private final LoopResources resources;

	private final ServerLoops loops;

	private final HandedListeners listeners;

	private final Consumer<EventLoopGroup> serving;

	/**
	 * Create a customizer.
	 * @param properties where the server listens
	 * @param resources the application's event loops
	 * @param loops the event loops of the servers
	 * @param master the connection to the master
	 * @param gate whether the worker accepts
	 * @param connections the worker's connections
	 * @param serving is told the event loops that serve
	 */
	public GrpcListener(GrpcServerProperties properties, LoopResources resources, ServerLoops loops,
			MasterConnection master, AcceptGate gate, Connections connections, Consumer<EventLoopGroup> serving) {
		this.properties = properties;
		this.resources = resources;
		this.loops = loops;
		this.listeners = new HandedListeners(master, gate, connections, Map.of());
		this.serving = serving;
	}

	@Override
	public void customize(NettyServerBuilder server) {
		ServerTransport transport = this.loops.transport();
		EventLoopGroup group = this.loops.instead(this.resources.onServer(transport.isNative()));
		this.serving.accept(group);
		server.bossEventLoopGroup(group)
			.workerEventLoopGroup(group)
			.channelFactory(() -> this.listeners.open(List.of(address()), transport, false));
	}

	private BindAddress address() {
		String path = this.properties.getNetty().getDomainSocketPath();
		if (path != null) {
			return BindAddress.of(UnixSocketAddress.PREFIX + path);
		}
		InetAddress address = this.properties.getAddress();
		Integer port = this.properties.getPort();
		return new BindAddress(new InetSocketAddress(address, (port != null) ? port : DEFAULT_PORT));
	}

}
