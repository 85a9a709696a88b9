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

import java.net.InetSocketAddress;

import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.grpc.internal.GrpcUtils;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import reactor.netty.resources.LoopResources;

import io.prefork.boot.control.BindAddress;
import io.prefork.boot.web.ServerResources;
import io.prefork.contract.UnixSocketAddress;

/**
 * Auto-configuration of a worker with a gRPC server on Netty, which shares its port and
 * runs on the event loops of the other servers.
 */
@AutoConfiguration(after = PreforkAutoConfiguration.class, before = GrpcServerAutoConfiguration.class)
@ConditionalOnClass({ GrpcServerProperties.class, NettyServerBuilder.class })
@ConditionalOnBean(ServerResources.class)
public final class PreforkGrpcAutoConfiguration {

	@Bean
	ServerBuilderCustomizer<NettyServerBuilder> preforkGrpcListener(ServerResources loops,
			ObjectProvider<GrpcServerProperties> properties) {
		return (server) -> {
			LoopResources resources = loops.at(address(properties.getObject()));
			if (resources != null) {
				EventLoopGroup group = resources.onServer(true);
				server.bossEventLoopGroup(group)
					.workerEventLoopGroup(group)
					.channelFactory(() -> resources.onChannel(ServerChannel.class, group));
			}
		};
	}

	private static BindAddress address(GrpcServerProperties properties) {
		String path = properties.getNetty().getDomainSocketPath();
		if (path != null) {
			return BindAddress.of(UnixSocketAddress.PREFIX + path);
		}
		Integer port = properties.getPort();
		return new BindAddress(
				new InetSocketAddress(properties.getAddress(), (port != null) ? port : GrpcUtils.DEFAULT_PORT));
	}

}
