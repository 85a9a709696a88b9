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
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.json.JsonMapper;

import io.prefork.boot.broadcast.EventBridge;
import io.prefork.boot.broadcast.ServiceBroadcast;
import io.prefork.boot.broadcast.WorkerBroadcast;
import io.prefork.boot.lifecycle.WorkerRuntime;

/**
 * Auto-configuration of what one worker says to all. The connection is there only if the
 * application asks for it.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(NettyReactiveWebServerFactory.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
public final class PreforkBroadcastAutoConfiguration {

	@Bean
	@Lazy
	@ConditionalOnMissingBean(WorkerBroadcast.class)
	ServiceBroadcast preforkBroadcast() {
		WorkerRuntime worker = WorkerRuntime.current();
		return new ServiceBroadcast((worker != null) ? worker.identity() : null);
	}

	/**
	 * Apart, since Jackson may not be there.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	@ConditionalOnBean(JsonMapper.class)
	static class Events {

		@Bean
		EventBridge preforkEventBridge(ApplicationContext context, ObjectProvider<WorkerBroadcast> broadcast,
				JsonMapper json) {
			return new EventBridge(context, broadcast, json);
		}

	}

}
