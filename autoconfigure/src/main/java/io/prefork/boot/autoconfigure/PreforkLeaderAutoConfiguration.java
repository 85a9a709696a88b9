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
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.AbstractApplicationContext;

import io.prefork.boot.event.LeadershipGrantedEvent;
import io.prefork.boot.event.LeadershipRevokedEvent;
import io.prefork.boot.leader.LeaderLifecycleProcessor;
import io.prefork.boot.leader.LeaderScheduling;
import io.prefork.boot.leader.Leadership;
import io.prefork.boot.leader.OnceRunners;
import io.prefork.boot.lifecycle.WorkerRuntime;

/**
 * Auto-configuration of what one worker does for all.
 */
@AutoConfiguration(before = LifecycleAutoConfiguration.class)
@ConditionalOnClass(NettyReactiveWebServerFactory.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@EnableConfigurationProperties({ PreforkProperties.class, LifecycleProperties.class })
public final class PreforkLeaderAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Leadership preforkLeadership(ApplicationContext context) {
		WorkerRuntime worker = WorkerRuntime.current();
		if (worker == null) {
			return Leadership.ALWAYS;
		}
		int generation = worker.identity().generation();
		worker.leader()
			.listen((leads) -> context
				.publishEvent(leads ? new LeadershipGrantedEvent(context, worker.slot(), generation)
						: new LeadershipRevokedEvent(context, worker.slot(), generation)));
		return worker.leader();
	}

	@Bean
	LeaderScheduling preforkLeaderScheduling(Leadership leadership, PreforkProperties properties) {
		return new LeaderScheduling(leadership,
				properties.leader().scheduling() == PreforkProperties.Leader.Scheduling.LEADER);
	}

	@Bean
	static OnceRunners preforkOnceRunners() {
		WorkerRuntime worker = WorkerRuntime.current();
		return new OnceRunners(worker == null || worker.identity().initializer());
	}

	@Bean(name = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME)
	@ConditionalOnMissingBean(name = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME,
			search = SearchStrategy.CURRENT)
	static LeaderLifecycleProcessor preforkLifecycleProcessor(LifecycleProperties properties) {
		WorkerRuntime worker = WorkerRuntime.current();
		return new LeaderLifecycleProcessor((worker != null) ? worker.leader() : null,
				properties.getTimeoutPerShutdownPhase().toMillis());
	}

}
