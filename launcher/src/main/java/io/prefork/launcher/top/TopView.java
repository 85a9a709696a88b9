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

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

import io.prefork.launcher.operator.Rates.Rate;
import io.prefork.launcher.report.Amounts;
import io.prefork.launcher.report.StatusText;
import io.prefork.launcher.report.Table;
import io.prefork.launcher.report.WorkerText;
import io.prefork.status.HistoryEntry;
import io.prefork.status.ListenerStatus;
import io.prefork.status.LoadStatus;
import io.prefork.status.MasterStatus;
import io.prefork.status.ReloadStatus;
import io.prefork.status.ServiceStatus;

/**
 * Draws a service on a screen of any size; at 80 columns everything fits.
 *
 * @param state what is shown
 * @param rows the rows of the screen
 * @param columns the columns of the screen
 * @param colours whether to use colours
 */
record TopView(TopState state, int rows, int columns, boolean colours) {

	private static final AttributedStyle TITLE = AttributedStyle.DEFAULT.inverse();

	private static final AttributedStyle HEAD = AttributedStyle.BOLD;

	private static final AttributedStyle READY = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);

	private static final AttributedStyle OTHER = AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);

	private static final AttributedStyle ASKING = AttributedStyle.BOLD.foreground(AttributedStyle.CYAN);

	/**
	 * Draw it.
	 * @return a line for each row
	 */
	List<AttributedString> lines() {
		List<AttributedString> lines = new ArrayList<>();
		lines.add(line(title(), TITLE));
		lines.add(line(totals(), AttributedStyle.DEFAULT));
		lines.add(line("", AttributedStyle.DEFAULT));
		addWorkers(lines);
		lines.add(line("", AttributedStyle.DEFAULT));
		ReloadStatus reload = status().reload();
		if (reload != null) {
			lines.add(line(StatusText.of(reload), AttributedStyle.DEFAULT));
		}
		addHistory(lines);
		int room = Math.max(0, this.rows - 2);
		List<AttributedString> screen = new ArrayList<>(lines.subList(0, Math.min(lines.size(), room)));
		while (screen.size() < room) {
			screen.add(line("", AttributedStyle.DEFAULT));
		}
		screen.add(line(this.state.message(), ASKING));
		screen.add(line(TopKeys.HELP, TITLE));
		return screen;
	}

	private String title() {
		MasterStatus master = status().master();
		return "prefork  pid %d  %s  up %s  generation %d  %d of %d ready".formatted(master.pid(), master.phase(),
				Amounts.duration(Duration.between(master.startedAt(), this.state.at())), master.generation(),
				master.ready(), master.workers());
	}

	private String totals() {
		Rate total = this.state.rates().total();
		int active = status().workers().stream().mapToInt((worker) -> active(worker.load())).sum();
		int waiting = status().listeners().stream().mapToInt(ListenerStatus::waiting).sum();
		return "req/s %s %s  5xx/s %s  active %d  waiting %d  cpu %s".formatted(number(total.requests()),
				this.state.requests(), number(total.errors()), active, waiting,
				String.format(Locale.ROOT, "%.2f", total.cpu()));
	}

	private void addWorkers(List<AttributedString> lines) {
		List<WorkerText> workers = WorkerText.of(status(), this.state.at());
		Table table = new Table(1, "slot", "state", "pid", "gen", "up", "req/s", "5xx/s", "act", "conns", "lag", "cpu%",
				"mem", "rst");
		workers.forEach((worker) -> table.add(cells(worker)));
		List<String> rows = table.lines();
		lines.add(line("  " + rows.get(0), HEAD));
		for (int i = 0; i < workers.size(); i++) {
			WorkerText worker = workers.get(i);
			boolean chosen = !worker.spare() && worker.worker().slot() == this.state.chosen();
			lines.add(line((chosen ? "> " : "  ") + rows.get(i + 1),
					worker.worker().state().equals("ready") ? READY : OTHER));
		}
	}

	private List<String> cells(WorkerText text) {
		Rate rate = this.state.rates().of(text.worker().process());
		return List.of(text.slot(), text.worker().state(), text.pid(), text.generation(), text.up(),
				text.load((load) -> number(rate.requests())), text.load((load) -> number(rate.errors())), text.active(),
				text.connections(), text.lag(), text.usage((usage) -> number(100 * rate.cpu())), text.memory(),
				text.restarts());
	}

	private void addHistory(List<AttributedString> lines) {
		List<HistoryEntry> history = status().history();
		int room = Math.max(0, this.rows - 2 - lines.size());
		history.subList(Math.max(0, history.size() - room), history.size())
			.forEach((entry) -> lines.add(
					line("%tT %s %s".formatted(entry.at().atZone(ZoneId.systemDefault()), entry.worker(), entry.what()),
							AttributedStyle.DEFAULT.faint())));
	}

	private AttributedString line(String text, AttributedStyle style) {
		String first = text.lines().findFirst().orElse("");
		// The last column stays free: some terminals begin a new line there.
		AttributedStyle shown = this.colours ? style : style.foregroundOff();
		return new AttributedString(first, shown).columnSubSequence(0, this.columns - 1);
	}

	private ServiceStatus status() {
		return this.state.status();
	}

	private static int active(@Nullable LoadStatus load) {
		return (load != null) ? load.active() : 0;
	}

	private static String number(double number) {
		return String.format(Locale.ROOT, "%,d", Math.round(number));
	}

}
