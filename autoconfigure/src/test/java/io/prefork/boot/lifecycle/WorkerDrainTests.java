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

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import io.prefork.boot.control.FakeMaster;
import io.prefork.boot.event.WorkerDrainingEvent;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WorkerDrain}.
 */
class WorkerDrainTests {

	private static final Duration DELAY = Duration.ofMillis(800);

	private static final Message LIFECYCLE_STOPPED = new FromWorker.Failed("lifecycle bean stopped");

	private static final Message LISTENER_CALLED = new FromWorker.Failed("listener called");

	@TempDir
	Path directory;

	private FakeMaster master;

	private WorkerRuntime worker;

	@BeforeEach
	void connect() throws Exception {
		this.master = FakeMaster.start(this.directory);
		this.worker = new WorkerRuntime(this.master.identity(), new WorkerSettings(DELAY, Duration.ofSeconds(5),
				Duration.ZERO, OwnRequests.NONE, 0, Duration.ZERO, false), new RecordedExit());
	}

	@AfterEach
	void close() {
		this.master.close();
	}

	@Test
	void whenContextClosesThenDrainIsOverBeforeLifecycleBeansStop() {
		GenericApplicationContext context = context();

		context.close();

		await().untilAsserted(() -> assertThat(this.master.received()).containsExactly(new FromWorker.Draining(),
				new FromWorker.Drained(0), LIFECYCLE_STOPPED));
	}

	@Test
	void whenWorkerIsAboutToDrainThenTheApplicationIsToldBefore() {
		GenericApplicationContext context = context();
		context.addApplicationListener(
				(ApplicationListener<WorkerDrainingEvent>) (event) -> this.worker.master().send(LISTENER_CALLED));

		context.close();

		await().untilAsserted(() -> assertThat(this.master.received()).containsExactly(LISTENER_CALLED,
				new FromWorker.Draining(), new FromWorker.Drained(0), LIFECYCLE_STOPPED));
	}

	@Test
	void whenOthersListenForTheEndThenTheyHearOfItAfterTheDrain() {
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean(EagerListener.class, () -> new EagerListener(this.worker));
		context.registerBean(WorkerDrain.class, () -> new WorkerDrain(this.worker, context));
		context.refresh();

		context.close();

		await().untilAsserted(() -> assertThat(this.master.received()).containsExactly(new FromWorker.Draining(),
				new FromWorker.Drained(0), LISTENER_CALLED));
	}

	@Test
	void whenWorkerDrainsThenTaskExecutorsStillTakeWork() throws Exception {
		GenericApplicationContext context = context();
		ThreadPoolTaskExecutor executor = context.getBean(ThreadPoolTaskExecutor.class);
		Thread closing = new Thread(context::close);
		closing.start();
		await().until(() -> this.master.received().contains(new FromWorker.Draining()));
		Callable<String> task = () -> "done";

		String result = executor.submitCompletable(task).get();

		assertThat(result).isEqualTo("done");
		assertThat(this.master.received()).doesNotContain(LIFECYCLE_STOPPED);
		closing.join();
	}

	@Test
	void whenDrainHasDelayThenClosingWaitsForIt() {
		GenericApplicationContext context = context();
		long start = System.nanoTime();

		context.close();

		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DELAY);
	}

	@Test
	void whenChildContextClosesThenTheWorkerGoesOn() {
		GenericApplicationContext context = context();
		GenericApplicationContext child = new GenericApplicationContext(context);
		child.refresh();

		child.close();
		this.worker.master().send(new FromWorker.Failed("last"));

		await().untilAsserted(() -> assertThat(this.master.received()).containsExactly(new FromWorker.Failed("last")));
		context.close();
	}

	@Test
	void whenProcessIsNoWorkerThenClosingIsAsEver() {
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean(WorkerDrain.class, () -> new WorkerDrain(null, context));
		context.refresh();

		context.close();

		assertThat(context.isActive()).isFalse();
		assertThat(this.master.received()).isEmpty();
	}

	private GenericApplicationContext context() {
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean(ThreadPoolTaskExecutor.class);
		context.registerBean(LastToStart.class, () -> new LastToStart(this.worker));
		context.registerBean(WorkerDrain.class, () -> new WorkerDrain(this.worker, context));
		context.refresh();
		return context;
	}

	@Order(Ordered.HIGHEST_PRECEDENCE + 1)
	private static final class EagerListener implements ApplicationListener<ContextClosedEvent> {

		private final WorkerRuntime worker;

		EagerListener(WorkerRuntime worker) {
			this.worker = worker;
		}

		@Override
		public void onApplicationEvent(ContextClosedEvent event) {
			this.worker.master().send(LISTENER_CALLED);
		}

	}

	private static final class LastToStart implements SmartLifecycle {

		private final WorkerRuntime worker;

		private volatile boolean running;

		LastToStart(WorkerRuntime worker) {
			this.worker = worker;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.worker.master().send(LIFECYCLE_STOPPED);
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return Integer.MAX_VALUE;
		}

	}

}
