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
import org.springframework.boot.rsocket.autoconfigure.RSocketProperties;
import org.springframework.boot.rsocket.autoconfigure.RSocketServerAutoConfiguration;
import org.springframework.boot.rsocket.netty.NettyRSocketServerFactory;
import org.springframework.context.annotation.Bean;

import io.prefork.boot.web.RSocketListeners;
import io.prefork.boot.web.ServerResources;

/**
 * Auto-configuration of a worker with an RSocket server of its own port.
 */
@AutoConfiguration(after = PreforkAutoConfiguration.class, before = RSocketServerAutoConfiguration.class)
@ConditionalOnClass(NettyRSocketServerFactory.class)
@ConditionalOnBean(ServerResources.class)
public final class PreforkRSocketAutoConfiguration {

	private PreforkRSocketAutoConfiguration() {
	}

	@Bean
	static RSocketListeners preforkRSocketListeners(ObjectProvider<ServerResources> loops,
			ObjectProvider<RSocketProperties> properties) {
		return new RSocketListeners(loops::getObject, properties::getObject);
	}

}
