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

package io.prefork.launcher.top;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

import io.prefork.launcher.operator.OperatorConnection;
import io.prefork.launcher.operator.RequestRejectedException;

/**
 * Shows a service on the whole terminal, until somebody leaves.
 */
public final class TopScreen implements AutoCloseable {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final int CONTROL_C = 3;

	private static final int ENDED = -1;

	/**
	 * Uses stty(1): no native code, and so no warnings of the JVM.
	 */
	private static final String PROVIDER = "exec";

	/**
	 * See https://no-color.org.
	 */
	private static final boolean COLOURS = System.getenv().getOrDefault("NO_COLOR", "").isEmpty();

	private final Terminal terminal;

	private final Attributes before;

	private final Display display;

	private Size drawn = Size.of(0, 0);

	private TopScreen(Terminal terminal) {
		this.terminal = terminal;
		this.before = terminal.enterRawMode();
		this.display = new Display(terminal, true);
		terminal.puts(Capability.enter_ca_mode);
		terminal.puts(Capability.cursor_invisible);
	}

	/**
	 * Take the terminal of this process.
	 * @return the screen
	 * @throws IOException if it has none
	 */
	public static TopScreen open() throws IOException {
		Terminal terminal = TerminalBuilder.builder().system(true).dumb(false).provider(PROVIDER).build();
		return new TopScreen(terminal);
	}

	/**
	 * Show a service.
	 * @param master the way to its master
	 * @throws IOException if the master is gone or does not answer
	 */
	public void show(OperatorConnection master) throws IOException {
		TopState state = new TopState(master.status(true, true), Instant.now());
		Instant next = Instant.now();
		while (true) {
			if (!Instant.now().isBefore(next)) {
				state.update(master.status(true, true), Instant.now());
				next = Instant.now().plus(INTERVAL);
			}
			draw(state);
			int key = this.terminal.reader().read(Math.max(1, Duration.between(Instant.now(), next).toMillis()));
			if (key == 'q' || key == CONTROL_C || key == ENDED) {
				return;
			}
			if (key != NonBlockingReader.READ_EXPIRED) {
				perform(TopKeys.press(key, state), master, state);
			}
		}
	}

	@Override
	public void close() throws IOException {
		this.terminal.puts(Capability.exit_ca_mode);
		this.terminal.puts(Capability.cursor_normal);
		this.terminal.setAttributes(this.before);
		this.terminal.close();
	}

	private static void perform(@Nullable Action action, OperatorConnection master, TopState state) throws IOException {
		if (action != null) {
			try {
				state.say(action.perform(master));
			}
			catch (RequestRejectedException ex) {
				state.say(String.valueOf(ex.getMessage()));
			}
		}
	}

	private void draw(TopState state) {
		Size size = this.terminal.getSize();
		if (!size.equals(this.drawn)) {
			this.terminal.puts(Capability.clear_screen);
			this.display.reset();
			this.display.resize(size);
			this.drawn = size;
		}
		this.display.update(new TopView(state, size.getRows(), size.getColumns(), COLOURS).lines(), 0);
		this.terminal.flush();
	}

}
