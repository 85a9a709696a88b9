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

package io.prefork.boot.lifecycle;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;

import io.prefork.boot.event.WorkerDrainedEvent;
import io.prefork.boot.event.WorkerDrainingEvent;
import io.prefork.boot.event.WorkerLifecycle;
import io.prefork.boot.event.WorkerReadyEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkerHooks}.
 */
@ExtendWith(OutputCaptureExtension.class)
class WorkerHooksTests {

	private final List<String> calls = new ArrayList<>();

	@Test
	void whenWorkerLivesThenBeansAreCalledInOrderAndOneThatFailsStopsNobody(CapturedOutput output) {
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean("second", Hook.class, () -> new Hook("second", 2));
		context.registerBean("failing", Hook.class, () -> new Hook("failing", 1) {

			@Override
			public void beforeDrain(WorkerDrainingEvent event) {
				throw new IllegalStateException("it does not answer");
			}

		});
		context.registerBean(WorkerHooks.class, () -> new WorkerHooks(context.getBeanProvider(WorkerLifecycle.class)));
		context.refresh();

		context.publishEvent(new WorkerReadyEvent(context, "3", 2));
		context.publishEvent(new WorkerDrainingEvent(context, "3", 2));
		context.publishEvent(new WorkerDrainedEvent(context, "3", 2));

		assertThat(this.calls).containsExactly("failing started in 3", "second started in 3", "second drains",
				"failing has drained", "second has drained");
		assertThat(output).contains("beforeDrain of ", " failed in worker=3 gen=2", "it does not answer");
		context.close();
	}

	private class Hook implements WorkerLifecycle, Ordered {

		private final String name;

		private final int order;

		Hook(String name, int order) {
			this.name = name;
			this.order = order;
		}

		@Override
		public int getOrder() {
			return this.order;
		}

		@Override
		public void afterStart(WorkerReadyEvent event) {
			WorkerHooksTests.this.calls.add(this.name + " started in " + event.getSlot());
		}

		@Override
		public void beforeDrain(WorkerDrainingEvent event) {
			WorkerHooksTests.this.calls.add(this.name + " drains");
		}

		@Override
		public void afterDrain(WorkerDrainedEvent event) {
			WorkerHooksTests.this.calls.add(this.name + " has drained");
		}

	}

}
