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

package io.prefork.launcher.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.prefork.launcher.log.LoggedLines;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.supervisor.Event;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OperatorSignals}.
 */
class OperatorSignalsTests {

	private final List<Event> events = new ArrayList<>();

	private final LoggedLines log = new LoggedLines();

	private final AtomicBoolean terminal = new AtomicBoolean(true);

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void whenOperatorSendsHangupThenItIsReload() {
		hangUp(handlers(false));

		assertThat(this.events).containsExactly(new Event.ReloadRequested());
	}

	@Test
	void whenTerminalHangsUpThenTheServiceStops() {
		Map<String, Runnable> handlers = handlers(false);
		this.terminal.set(false);

		hangUp(handlers);

		assertThat(this.events).containsExactly(new Event.StopRequested(false));
		assertThat(this.log.lines()).singleElement().asString().contains("start it with setsid");
	}

	@Test
	void whenTerminalHangsUpAndNohupIsWantedThenTheServiceGoesOn() {
		Map<String, Runnable> handlers = handlers(true);
		this.terminal.set(false);

		hangUp(handlers);

		assertThat(this.events).isEmpty();
		assertThat(this.log.lines()).singleElement().asString().contains("the service goes on");
	}

	@Test
	void whenThereNeverWasTerminalThenHangupIsReloadAndWinchDrains() {
		this.terminal.set(false);
		Map<String, Runnable> handlers = handlers(false);

		hangUp(handlers);
		Objects.requireNonNull(handlers.get("WINCH")).run();

		assertThat(this.events).containsExactly(new Event.ReloadRequested(), new Event.PauseRequested());
	}

	@Test
	void whenThereIsTerminalThenItsWindowMayChange() {
		assertThat(handlers(false)).doesNotContainKey("WINCH");
	}

	private Map<String, Runnable> handlers(boolean nohup) {
		return OperatorSignals.handlers(this.events::add, new MasterLog(), () -> {
		}, () -> {
		}, new Terminal(this.terminal::get, nohup));
	}

	private static void hangUp(Map<String, Runnable> handlers) {
		Objects.requireNonNull(handlers.get("HUP")).run();
	}

}
