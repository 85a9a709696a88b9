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

package io.prefork.launcher.cli;

import java.io.PrintWriter;
import java.time.Duration;

import picocli.CommandLine;

import io.prefork.launcher.report.Amounts;
import io.prefork.launcher.tune.Candidate;
import io.prefork.launcher.tune.Measurement;
import io.prefork.launcher.tune.TrialResult;
import io.prefork.launcher.tune.TuneListener;
import io.prefork.launcher.tune.TuneText;

/**
 * Tells how far tuning has come: a line for each thing that is known and, on a terminal,
 * what is under way.
 */
final class TuneProgress implements TuneListener {

	private static final String ERASE = "\r\u001b[K";

	private final PrintWriter out;

	private final boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();

	private String heading = "";

	private long end;

	TuneProgress(PrintWriter out) {
		this.out = out;
	}

	@Override
	public void starting(Candidate candidate, int number, int count, Duration left) {
		this.heading = "[%d/%d] %s".formatted(number, count, candidate);
		this.end = System.nanoTime() + left.toNanos();
		line("%s, about %s left at most".formatted(this.heading, Amounts.duration(left)));
		underWay("starting");
	}

	@Override
	public void ready(Duration boot) {
		line("  ready after %s".formatted(Amounts.duration(boot)));
		underWay("warming up");
	}

	@Override
	public void warm() {
		underWay("measuring");
	}

	@Override
	public void measured(Measurement measurement) {
		line("  " + TuneText.of(measurement));
		underWay("measuring");
	}

	@Override
	public void done(TrialResult result, boolean known) {
		if (known) {
			line("%s: known from an earlier run".formatted(result.candidate()));
		}
		else if (result.failure() != null) {
			line("  " + result.failure());
		}
	}

	@Override
	public void enough(int workers) {
		line("%d workers serve no more: larger numbers are left out".formatted(workers));
	}

	private void line(String text) {
		this.out.println((this.terminal ? ERASE : "") + text);
		this.out.flush();
	}

	private void underWay(String what) {
		if (this.terminal) {
			Duration left = Duration.ofNanos(Math.max(0, this.end - System.nanoTime()));
			this.out
				.print("%s%s: %s, about %s left at most".formatted(ERASE, this.heading, what, Amounts.duration(left)));
			this.out.flush();
		}
	}

}
