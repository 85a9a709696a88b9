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

import io.grpc.netty.NettyServerBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.HttpResources;

import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.boot.web.GrpcListener;
import io.prefork.boot.web.ServerLoops;

/**
 * Auto-configuration of a worker with a gRPC server on Netty.
 */
@AutoConfiguration(after = PreforkAutoConfiguration.class, before = GrpcServerAutoConfiguration.class)
@ConditionalOnClass({ GrpcServerProperties.class, NettyServerBuilder.class })
@ConditionalOnBean(ServerLoops.class)
public final class PreforkGrpcAutoConfiguration {

	@Bean
	ServerBuilderCustomizer<NettyServerBuilder> preforkGrpcListener(ObjectProvider<GrpcServerProperties> properties,
			ObjectProvider<ReactorResourceFactory> resources, ServerLoops loops) {
		return (server) -> {
			WorkerRuntime worker = WorkerRuntime.current();
			if (worker != null) {
				ReactorResourceFactory shared = resources.getIfUnique();
				new GrpcListener(properties.getObject(),
						(shared != null) ? shared.getLoopResources() : HttpResources.get(), loops, worker.master(),
						worker.gate(), worker.connections(), worker.loops()::add)
					.customize(server);
			}
		};
	}

}
