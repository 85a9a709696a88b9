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

package io.prefork.launcher.loop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.notify.NotificationReceiver;
import io.prefork.launcher.notify.ServiceManager;
import io.prefork.launcher.supervisor.Capacity;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.Generation;
import io.prefork.launcher.supervisor.Initialization;
import io.prefork.launcher.supervisor.ProcessEnd;
import io.prefork.launcher.supervisor.RecyclePolicy;
import io.prefork.launcher.supervisor.ReloadPolicy;
import io.prefork.launcher.supervisor.RestartPolicy;
import io.prefork.launcher.supervisor.Step;
import io.prefork.launcher.supervisor.Supervisor;
import io.prefork.launcher.supervisor.SupervisorSettings;
import io.prefork.launcher.supervisor.SupervisorState;
import io.prefork.launcher.supervisor.TimeLimits;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServiceReports} with a real supervisor and a real socket.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServiceReportsTests {

	private static final String RELOADING = "RELOADING=1\nMONOTONIC_USEC=\\d+\nSTATUS=%s";

	private static final SupervisorSettings SETTINGS = new SupervisorSettings(new Capacity(0, 1, 0),
			new TimeLimits(Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(30), Duration.ZERO),
			new RestartPolicy(Duration.ofMillis(500), 2, Duration.ofSeconds(30), 0, Duration.ofMinutes(5),
					Duration.ofMinutes(10)),
			new RecyclePolicy(0, 0, Duration.ZERO, Duration.ZERO, 0),
			new ReloadPolicy(Duration.ofSeconds(10), 0.05, Duration.ofMinutes(9)), new Initialization(false, false));

	private SupervisorState state = SupervisorState.initial(new Generation(1, 2, 2, 1, SETTINGS, Map.of()));

	private NotificationReceiver receiver;

	private ServiceManager manager;

	private ServiceReports reports;

	@BeforeEach
	void connect(@TempDir Path directory) {
		String socket = directory.resolve("notify").toString();
		this.receiver = new NotificationReceiver(socket);
		this.manager = ServiceManager.from(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "600000000"), 1,
				(warning) -> assertThat(warning).isEmpty());
		this.reports = new ServiceReports(this.manager);
	}

	@AfterEach
	void close() {
		this.manager.close();
		this.receiver.close();
	}

	@Test
	void whenAllSlotsAreReadyThenTheServiceIs() throws InterruptedException {
		happens(new Event.MasterStarted(false));
		ready(0);
		ready(1);

		assertThat(this.receiver.next()).isEqualTo("STATUS=0 of 2 workers ready, generation 1");
		assertThat(this.receiver.next()).isEqualTo("STATUS=1 of 2 workers ready, generation 1");
		assertThat(this.receiver.next()).isEqualTo("READY=1\nSTATUS=2 of 2 workers ready, generation 1");
	}

	@Test
	void whenNothingChangesThenNothingIsSaid() throws InterruptedException {
		start();

		happens(new Event.DeadlineReached());
		happens(new Event.PauseRequested());

		assertThat(this.receiver.next()).startsWith("STATUS=").endsWith("; paused");
	}

	@Test
	void whenReloadFailsThenItBeginsAndEnds() throws InterruptedException {
		start();

		happens(new Event.ReloadRequested());
		happens(new Event.GenerationRefused(2, "the jar is\nno jar"));
		happens(new Event.ReloadRequested());

		assertThat(this.receiver.next())
			.matches(RELOADING.formatted("2 of 2 workers ready, generation 1; reloading to generation 2"));
		assertThat(this.receiver.next())
			.isEqualTo("READY=1\nSTATUS=2 of 2 workers ready, generation 1; reload failed: the jar is no jar");
		assertThat(this.receiver.next())
			.matches(RELOADING.formatted("2 of 2 workers ready, generation 1; reloading to generation 3"));
	}

	@Test
	void whenAnotherReloadFollowsAtOnceThenTheFirstOneEndsAllTheSame() throws InterruptedException {
		start();
		happens(new Event.ReloadRequested());
		happens(new Event.ReloadRequested());
		assertThat(this.receiver.next()).startsWith("RELOADING=1\n");

		happens(new Event.GenerationRefused(2, "no jar"));

		assertThat(this.receiver.next()).startsWith("READY=1\n");
		assertThat(this.receiver.next()).startsWith("RELOADING=1\n").endsWith("reloading to generation 3");
	}

	@Test
	void whenReloadBeginsBeforeTheServiceIsReadyThenItIsReportedAfterwards() throws InterruptedException {
		happens(new Event.MasterStarted(false));
		ready(0);
		happens(new Event.ReloadRequested());
		ready(1);

		assertThat(this.receiver.next()).startsWith("STATUS=0 of 2");
		assertThat(this.receiver.next()).startsWith("STATUS=1 of 2");
		assertThat(this.receiver.next()).startsWith("STATUS=1 of 2").endsWith("reloading to generation 2");
		assertThat(this.receiver.next()).startsWith("READY=1\nSTATUS=2 of 2");
		assertThat(this.receiver.next()).startsWith("RELOADING=1\n");
	}

	@Test
	void whenServiceStopsDuringReloadThenItOnlyStops() throws InterruptedException {
		start();
		happens(new Event.ReloadRequested());
		assertThat(this.receiver.next()).startsWith("RELOADING=1\n");

		happens(new Event.StopRequested(false));
		happens(new Event.StopRequested(true));
		happens(new Event.WorkerExited(new WorkerId(0, 1), new WorkerExit(new ProcessEnd.Exited(1), "", false)));
		this.manager.close();

		assertThat(this.receiver.next()).matches("STOPPING=1\nEXTEND_TIMEOUT_USEC=\\d+\nSTATUS=stopping");
		assertThat(this.receiver.isEmpty()).isTrue();
	}

	@Test
	void whenServiceFailsThenTheStatusSaysWhy() throws InterruptedException {
		happens(new Event.MasterStarted(false));

		happens(new Event.ListenFailed(new WorkerId(0, 1), 1, "0.0.0.0:80 can't be bound"));

		assertThat(this.receiver.next()).startsWith("STATUS=0 of 2");
		assertThat(this.receiver.next())
			.matches("STOPPING=1\nEXTEND_TIMEOUT_USEC=\\d+\nSTATUS=failed: 0.0.0.0:80 can't be bound");
	}

	@Test
	void whenLoopWantsToWaitThenNotLongerThanToTheNextSignOfLife() {
		Duration limit = Duration.ofMinutes(5);

		assertThat(this.reports.signOfLife()).isPositive().isLessThanOrEqualTo(limit);
	}

	private void start() throws InterruptedException {
		happens(new Event.MasterStarted(false));
		ready(0);
		ready(1);
		for (int i = 0; i < 3; i++) {
			this.receiver.next();
		}
	}

	private void ready(int slot) {
		happens(new Event.WorkerReady(new WorkerId(slot, 1), 200));
	}

	private void happens(Event event) {
		Step step = Supervisor.step(this.state, event, Duration.ofSeconds(1));
		this.state = step.state();
		this.reports.follow(step);
	}

}
