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

import de.codecentric.boot.admin.client.registration.metadata.StartupDateMetadataContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;

import io.prefork.boot.admin.ServiceStartup;
import io.prefork.boot.lifecycle.WorkerRuntime;

/**
 * Auto-configuration of what Spring Boot Admin's client tells its server.
 */
@AutoConfiguration(after = PreforkAutoConfiguration.class,
		beforeName = "de.codecentric.boot.admin.client.config.SpringBootAdminClientAutoConfiguration")
@ConditionalOnClass(StartupDateMetadataContributor.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
public final class PreforkBootAdminAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	StartupDateMetadataContributor preforkStartup() {
		WorkerRuntime worker = WorkerRuntime.current();
		return (worker != null) ? new ServiceStartup(worker.master().service()) : new StartupDateMetadataContributor();
	}

}
