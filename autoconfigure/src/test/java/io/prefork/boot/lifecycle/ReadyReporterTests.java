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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import io.prefork.boot.control.FakeMaster;
import io.prefork.boot.event.WorkerReadyEvent;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ReadyReporter}.
 */
class ReadyReporterTests {

	private final List<GenericApplicationContext> contexts = new ArrayList<>();

	@TempDir
	Path directory;

	private FakeMaster master;

	private WorkerRuntime worker;

	@BeforeEach
	void connect() throws Exception {
		this.master = FakeMaster.start(this.directory);
		this.worker = new WorkerRuntime(this.master.identity(), new WorkerSettings(Duration.ZERO, Duration.ZERO,
				Duration.ZERO, OwnRequests.NONE, 0, Duration.ZERO, false), new RecordedExit());
	}

	@AfterEach
	void close() {
		this.contexts.forEach(GenericApplicationContext::close);
		this.master.close();
	}

	@Test
	void whenApplicationIsReadyAndAcceptsTrafficThenMasterIsTold() {
		GenericApplicationContext context = context(null);

		publishReady(context);
		assertThat(said()).isEmpty();
		AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);

		assertThat(said()).containsExactly(new FromWorker.Ready(0));
	}

	@Test
	void whenMasterLetsTheWorkerAcceptThenTheApplicationIsToldOnce() {
		List<WorkerReadyEvent> heard = new CopyOnWriteArrayList<>();
		GenericApplicationContext context = context(null);
		context.addApplicationListener((ApplicationListener<WorkerReadyEvent>) heard::add);
		publishReady(context);
		AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
		assertThat(said()).hasSize(1);
		assertThat(heard).isEmpty();

		this.master.say(new FromMaster.Accept(0));
		this.master.say(new FromMaster.Accept(0));

		await().until(() -> !heard.isEmpty());
		assertThat(heard).singleElement().satisfies((event) -> {
			assertThat(event.getSlot()).isEqualTo("0");
			assertThat(event.getGeneration()).isOne();
		});
	}

	@Test
	void whenTrafficIsAcceptedBeforeTheRunnersAreDoneThenMasterIsNotToldYet() {
		GenericApplicationContext context = context(null);

		AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);

		assertThat(said()).isEmpty();
	}

	@Test
	void whenApplicationRefusesTrafficFirstThenMasterIsToldWhenItAccepts() {
		GenericApplicationContext context = context(null);
		publishReady(context);

		AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
		assertThat(said()).isEmpty();
		AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);

		assertThat(said()).containsExactly(new FromWorker.Ready(0));
	}

	@Test
	void whenTrafficIsAcceptedAgainThenMasterIsNotToldAgain() {
		GenericApplicationContext context = context(null);
		publishReady(context);
		AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);

		AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
		AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);

		assertThat(said()).containsExactly(new FromWorker.Ready(0));
	}

	@Test
	void whenChildContextIsReadyThenMasterIsNotTold() {
		GenericApplicationContext context = context(null);
		GenericApplicationContext child = new GenericApplicationContext(context);
		child.refresh();
		this.contexts.add(0, child);

		publishReady(child);
		AvailabilityChangeEvent.publish(child, ReadinessState.ACCEPTING_TRAFFIC);

		assertThat(said()).isEmpty();
	}

	@Test
	void whenApplicationDispatchesEventsOnOtherThreadsThenTheirOrderCounts() {
		SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
		List<Runnable> tasks = new ArrayList<>();
		multicaster.setTaskExecutor(tasks::add);
		GenericApplicationContext context = context(multicaster);

		publishReady(context);
		AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
		for (int i = tasks.size() - 1; i >= 0; i--) {
			tasks.get(i).run();
		}

		assertThat(said()).containsExactly(new FromWorker.Ready(0));
	}

	@Test
	void whenProcessIsNoWorkerThenNothingHappens() {
		GenericApplicationContext context = new GenericApplicationContext();
		context.addApplicationListener(new ReadyReporter(null, context));
		context.refresh();
		this.contexts.add(context);

		publishReady(context);
		AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);

		assertThat(said()).isEmpty();
	}

	private GenericApplicationContext context(@Nullable SimpleApplicationEventMulticaster multicaster) {
		GenericApplicationContext context = new GenericApplicationContext();
		if (multicaster != null) {
			context.registerBean(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
					SimpleApplicationEventMulticaster.class, () -> multicaster);
		}
		context.registerBean(ReadyReporter.class, () -> new ReadyReporter(this.worker, context));
		context.refresh();
		this.contexts.add(context);
		return context;
	}

	/**
	 * What the master heard up to now: messages arrive in order, so a last one shows that
	 * all have arrived.
	 */
	private List<Message> said() {
		FromWorker.Failed mark = new FromWorker.Failed("mark");
		int before = this.master.received().size();
		this.worker.master().send(mark);
		await().until(() -> this.master.received().subList(before, this.master.received().size()).contains(mark));
		return this.master.received()
			.stream()
			.filter((message) -> !message.equals(mark) && !(message instanceof FromWorker.Heartbeat))
			.toList();
	}

	private static void publishReady(GenericApplicationContext context) {
		context.publishEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0], context, Duration.ZERO));
	}

}
