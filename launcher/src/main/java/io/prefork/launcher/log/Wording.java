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

package io.prefork.launcher.log;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.Decision;
import io.prefork.launcher.supervisor.Departure;
import io.prefork.launcher.supervisor.Ending;
import io.prefork.launcher.supervisor.ProcessEnd;
import io.prefork.launcher.supervisor.ReloadFailure;
import io.prefork.launcher.supervisor.ServiceNotice;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerReport;

/**
 * The words for what the supervisor reports as data: log lines, the service manager's
 * status and operators' tools say the same.
 */
public final class Wording {

	static final Phrases<ServiceNotice> NOTICES = new Phrases<ServiceNotice>()
		.say(ServiceNotice.ReloadBegun.class, (notice) -> "reload gen=%d begins".formatted(notice.generation()))
		.say(ServiceNotice.ReloadQueued.class, (notice) -> "reload already in progress; another is queued")
		.say(ServiceNotice.CanaryWatched.class,
				(notice) -> "reload gen=%d canary worker=0 serves for %d s".formatted(notice.generation(),
						notice.watch().toSeconds()))
		.say(ServiceNotice.Scaling.class,
				(notice) -> "scaling from %d to %s".formatted(notice.from(), count(notice.to(), "worker")))
		.say(ServiceNotice.ScalingQueued.class,
				(notice) -> "scaling to %s waits for the end of the reload".formatted(count(notice.to(), "worker")))
		.say(ServiceNotice.ScalingRefused.class, (notice) -> "cannot scale below 1 worker")
		.say(ServiceNotice.Paused.class, (notice) -> "all workers drain; the port stays open")
		.say(ServiceNotice.Resumed.class, (notice) -> "starting %s again".formatted(count(notice.workers(), "worker")));

	static final Phrases<WorkerReport> REPORTS = new Phrases<WorkerReport>()
		.say(WorkerReport.Responding.class, (report) -> "responds again")
		.say(WorkerReport.Recycled.class, (report) -> "is recycled: " + report.reason().label())
		.say(WorkerReport.Silent.class,
				(report) -> "is silent for %d s and is replaced".formatted(report.limit().toSeconds()))
		.say(WorkerReport.Overdue.class, (report) -> "is still %s after %d s"
			.formatted(report.state().name().toLowerCase(Locale.ROOT), report.since().toSeconds()));

	static final Phrases<ReloadFailure> FAILURES = new Phrases<ReloadFailure>()
		.say(ReloadFailure.Refused.class, ReloadFailure.Refused::reason)
		.say(ReloadFailure.ProbeFailed.class,
				(failure) -> "worker=%d answered its own request with status %d".formatted(failure.slot(),
						failure.status()))
		.say(ReloadFailure.WorkerLost.class,
				(failure) -> "%s %s (%s)".formatted(failure.place(), inOneLine(failure.exit()),
						failure.reason().label()))
		.say(ReloadFailure.BootOverdue.class,
				(failure) -> "%s was not ready within %d s".formatted(failure.place(), failure.limit().toSeconds()))
		.say(ReloadFailure.WorkerSilent.class, (failure) -> failure.place() + " is silent")
		.say(ReloadFailure.CanarySilent.class, (failure) -> "its first worker is silent")
		.say(ReloadFailure.ErrorRate.class,
				(failure) -> "%d of the first worker's %d answers were 5xx, and prefork.reload.max-error-rate is %s"
					.formatted(failure.errors(), failure.answers(), failure.allowed()))
		.say(ReloadFailure.Overdue.class,
				(failure) -> "it was not done within %d s".formatted(failure.limit().toSeconds()))
		.say(ReloadFailure.Paused.class, (failure) -> "all workers have to drain");

	static final Phrases<Ending> ENDINGS = new Phrases<Ending>()
		.say(Ending.Requested.class, (ending) -> "stopped on request")
		.say(Ending.HandedOver.class, (ending) -> "handed over to the new master")
		.say(Ending.BindFailed.class, Ending.BindFailed::reason)
		.say(Ending.NobodyBooted.class,
				(ending) -> "no worker of the first generation could boot; %s %s".formatted(ending.place(),
						of(ending.exit())))
		.say(Ending.CrashLoop.class,
				(ending) -> "no worker has been ready for %d s; %d were lost since the service was last well%s"
					.formatted(ending.since().toSeconds(), ending.losses(), last(ending.last())));

	static final Phrases<ProcessEnd> ENDS = new Phrases<ProcessEnd>()
		.say(ProcessEnd.Exited.class, (end) -> "exited with code %d".formatted(end.code()))
		.say(ProcessEnd.Killed.class, (end) -> "killed by signal %d (%s)".formatted(end.signal(), end.name()))
		.say(ProcessEnd.NotStarted.class, (end) -> "could not be started: " + end.reason());

	private Wording() {
	}

	public static String of(ServiceNotice notice) {
		return NOTICES.of(notice);
	}

	public static String of(WorkerReport report) {
		return REPORTS.of(report);
	}

	public static String of(ReloadFailure failure) {
		return FAILURES.of(failure);
	}

	public static String of(Ending ending) {
		return ENDINGS.of(ending);
	}

	public static String of(ProcessEnd end) {
		return ENDS.of(end);
	}

	public static String of(Decision.Incident incident) {
		return "%s %s while %s".formatted(incident.place(), incident.trigger(), incident.state());
	}

	/**
	 * How a process ended, and what it said last, on lines of its own.
	 * @param exit its end
	 * @return the words
	 */
	public static String of(WorkerExit exit) {
		return exit.lastOutput().isEmpty() ? of(exit.end())
				: "%s; its last output:%n%s".formatted(of(exit.end()), exit.lastOutput());
	}

	private static String inOneLine(WorkerExit exit) {
		return of(exit).replaceFirst(":\\R\\s*", ": ").replaceAll("\\s*\\R\\s*", "; ");
	}

	/**
	 * A number of things.
	 * @param number how many
	 * @param thing what, in the singular
	 * @return the words
	 */
	public static String count(int number, String thing) {
		return "%d %s%s".formatted(number, thing, (number == 1) ? "" : "s");
	}

	private static String last(@Nullable Departure last) {
		return (last != null)
				? "; the last one, %s, %s (%s)".formatted(last.id().place(), of(last.exit()), last.reason().label())
				: "";
	}

}
