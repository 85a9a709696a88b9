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

package io.prefork.launcher.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

import io.prefork.launcher.log.Wording;
import io.prefork.status.ExitStatus;
import io.prefork.status.MasterStatus;
import io.prefork.status.ReloadStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

/**
 * What a service does, in lines for people.
 */
public final class StatusText {

	private final ServiceStatus status;

	private final Instant now;

	/**
	 * Create a text.
	 * @param status the state of the service
	 * @param now what time it is
	 */
	public StatusText(ServiceStatus status, Instant now) {
		this.status = status;
		this.now = now;
	}

	/**
	 * The master, its workers, and what happened to them.
	 * @return the lines
	 */
	public List<String> service() {
		List<String> lines = new ArrayList<>();
		MasterStatus master = this.status.master();
		lines.add("master pid=%d %s, up %s: %d of %s ready, generation %d".formatted(master.pid(), master.phase(),
				Amounts.duration(Duration.between(master.startedAt(), this.now)), master.ready(),
				Wording.count(master.workers(), "worker"), master.generation()));
		Table table = new Table(2, "slot", "state", "pid", "gen", "up", "requests", "5xx", "active", "conns", "lag",
				"cpu", "memory", "restarts");
		WorkerText.of(this.status, this.now).forEach((worker) -> table.add(cells(worker)));
		lines.addAll(table.lines());
		this.status.listeners()
			.forEach((listener) -> lines
				.add("%s: %s waiting".formatted(listener.address(), Wording.count(listener.waiting(), "connection"))));
		ReloadStatus reload = this.status.reload();
		if (reload != null) {
			lines.add(of(reload));
		}
		this.status.workers()
			.stream()
			.filter((worker) -> worker.restarts().last() != null)
			.forEach((worker) -> lines.add(exit(worker)));
		if (!this.status.hints().isEmpty()) {
			lines.add("%s on what several processes change: prefork status --hints"
				.formatted(Wording.count(this.status.hints().size(), "hint")));
		}
		return lines;
	}

	/**
	 * The values of its settings, as the application has resolved them.
	 * @return the lines, by name
	 */
	public List<String> settings() {
		return new TreeMap<>(this.status.settings()).entrySet()
			.stream()
			.map((setting) -> "prefork.%s=%s".formatted(setting.getKey(), setting.getValue().replace('\n', ',')))
			.toList();
	}

	/**
	 * What was found in the application.
	 * @return the lines
	 */
	public List<String> hints() {
		return this.status.hints()
			.stream()
			.map((hint) -> "hint: %s: %s; %s".formatted(hint.topic(), hint.finding(), hint.remedy()))
			.toList();
	}

	/**
	 * What happened last, the oldest first.
	 * @return the lines
	 */
	public List<String> history() {
		return this.status.history()
			.stream()
			.map((entry) -> "%s %s%s".formatted(entry.at(), entry.worker().isEmpty() ? "" : entry.worker() + " ",
					entry.what()))
			.toList();
	}

	/**
	 * How a reload has ended, or how far it has come.
	 * @param reload the reload
	 * @return a line
	 */
	public static String of(ReloadStatus reload) {
		ReloadStatus.Verdict verdict = reload.verdict();
		if (verdict == null) {
			return "reload to generation %d: %s".formatted(reload.id(), reload.phase());
		}
		String took = Amounts.duration(Duration.between(reload.startedAt(), verdict.endedAt()));
		return verdict.succeeded() ? "reload to generation %d: succeeded in %s".formatted(reload.id(), took)
				: "reload to generation %d: rolled back after %s: %s".formatted(reload.id(), took, verdict.reason());
	}

	private static List<String> cells(WorkerText text) {
		return List.of(text.slot(), text.worker().state(), text.pid(), text.generation(), text.up(),
				text.load((load) -> String.format(Locale.ROOT, "%,d", load.requests())),
				text.load((load) -> Long.toString(load.errors())), text.active(), text.connections(), text.lag(),
				text.usage((usage) -> Amounts.duration(usage.cpu())), text.memory(), text.restarts());
	}

	private String exit(WorkerStatus worker) {
		ExitStatus last = worker.restarts().last();
		return (last != null) ? "slot %d: last restart %s ago: %s, %s".formatted(worker.slot(),
				Amounts.duration(Duration.between(last.at(), this.now)), last.reason(), last.end()) : "";
	}

}
