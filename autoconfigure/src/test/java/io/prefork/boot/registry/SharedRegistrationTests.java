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

package io.prefork.boot.registry;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SharedRegistration} with Spring Cloud's interfaces.
 */
class SharedRegistrationTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenAWorkerLeavesThenTheServiceStaysUnlessItStops(boolean stops) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(SharedRegistration.class, () -> new SharedRegistration(() -> stops));
			context.registerBean(RecordedRegistry.class);
			context.refresh();
			RecordedRegistry registry = context.getBean(RecordedRegistry.class);
			Instance instance = new Instance();

			registry.register(instance);
			registry.setStatus(instance, "UP");
			registry.deregister(instance);

			assertThat(registry.calls())
				.isEqualTo(stops ? List.of("register", "UP", "deregister") : List.of("register", "UP"));
		}
	}

	static class Instance extends DefaultServiceInstance implements Registration {

		Instance() {
			super("id", "service", "127.0.0.1", 8080, false);
		}

	}

	static class RecordedRegistry implements ServiceRegistry<Registration> {

		private final List<String> calls = new ArrayList<>();

		List<String> calls() {
			return this.calls;
		}

		@Override
		public void register(@Nullable Registration registration) {
			this.calls.add("register");
		}

		@Override
		public void deregister(@Nullable Registration registration) {
			this.calls.add("deregister");
		}

		@Override
		public void close() {
		}

		@Override
		public void setStatus(Registration registration, String status) {
			this.calls.add(status);
		}

		@Override
		@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
		public <T> T getStatus(Registration registration) {
			return (T) "UP";
		}

	}

}
