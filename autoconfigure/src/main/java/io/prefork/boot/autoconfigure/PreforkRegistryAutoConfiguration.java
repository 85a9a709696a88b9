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

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.annotation.Bean;

import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.boot.registry.SharedRegistration;

/**
 * Auto-configuration of what workers are in a registry of services.
 */
@AutoConfiguration
@ConditionalOnClass({ ServiceRegistry.class, NettyReactiveWebServerFactory.class })
@ConditionalOnWebApplication(type = Type.REACTIVE)
public final class PreforkRegistryAutoConfiguration {

	@Bean
	SharedRegistration preforkSharedRegistration() {
		WorkerRuntime worker = WorkerRuntime.current();
		return new SharedRegistration(() -> worker == null || worker.drainPlan().terms().lastCall());
	}

}
