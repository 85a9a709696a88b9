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

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.prefork.contract.Setting;
import io.prefork.launcher.Launcher;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.load.LoadRequest;
import io.prefork.launcher.load.RequestFile;
import io.prefork.launcher.report.Json;
import io.prefork.launcher.signal.Signals;
import io.prefork.launcher.sizing.Machine;
import io.prefork.launcher.sizing.MemorySize;
import io.prefork.launcher.tune.Candidates;
import io.prefork.launcher.tune.Goal;
import io.prefork.launcher.tune.Plan;
import io.prefork.launcher.tune.Recommendation;
import io.prefork.launcher.tune.Results;
import io.prefork.launcher.tune.TuneException;
import io.prefork.launcher.tune.TuneText;
import io.prefork.launcher.tune.Tuning;

/**
 * {@code tune APP.jar}.
 */
@Command(name = "tune", mixinStandardHelpOptions = true, sortOptions = false, abbreviateSynopsis = true,
		description = "Find by measuring which settings serve an application best.",
		footer = { "", "An option of the application may have several values, with commas: each",
				"combination is a candidate. Without --workers it tries 1, 2, 4 ... up to twice",
				"the number of CPUs, for as long as more of them serve more.", "",
				"Each candidate is started on a free port of 127.0.0.1, warmed up, and offered",
				"requests at rising rates in HTTP/1.1 until it does not keep up. The load takes",
				"CPUs as well: take what is measured as a comparison. An interrupted run goes on", "where it was.", "",
				"Examples:", "  prefork tune app.jar --url /orders?page=1 --p99 50ms",
				"  prefork tune app.jar --requests load.http -w 2,4 -k event-loop,threads" })
final class TuneCommand extends ApplicationCommand {

	/**
	 * The command says itself where the application listens and is found.
	 */
	private static final Set<Setting> OWN = Set.of(Setting.BIND, Setting.RUN_DIR, Setting.PID_FILE, Setting.ENABLED);

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	@Option(names = "--url", paramLabel = "/PATH", description = "What is asked for; may be said several times.")
	private List<String> paths = new ArrayList<>();

	@Option(names = "--requests", paramLabel = "FILE",
			description = "A file of requests, in the form of HTTP clients of editors (.http).")
	private @Nullable Path requests;

	@Option(names = "--p99", paramLabel = "DURATION",
			description = "In what time 99 of 100 requests are to be answered; by default in five times "
					+ "what that is under little load.")
	private @Nullable Duration p99;

	@Option(names = "--max-rss", paramLabel = "SIZE",
			description = "What all workers together may have in memory, such as 2G.")
	private @Nullable MemorySize memory;

	@Option(names = "--warmup", paramLabel = "DURATION", defaultValue = "20s",
			description = "How long each candidate is loaded before it is measured; ${DEFAULT-VALUE} by default.")
	private Duration warmup = SHORTEST;

	@Option(names = "--step", paramLabel = "DURATION", defaultValue = "10s",
			description = "How long each rate is offered; ${DEFAULT-VALUE} by default.")
	private Duration step = SHORTEST;

	@Option(names = "--connections", paramLabel = "N", defaultValue = "512",
			description = "How many connections there are at most; ${DEFAULT-VALUE} by default.")
	private int connections;

	@Option(names = "--out", paramLabel = "DIRECTORY", defaultValue = "prefork-tune",
			description = "Where results and the report go; ${DEFAULT-VALUE} by default.")
	private Path directory = Path.of("");

	@Option(names = "--json", description = "Write the results for programs.")
	private boolean json;

	@Override
	int call(Path jar, Map<Setting, String> settings, List<String> arguments) throws InterruptedException {
		Thread measuring = Thread.currentThread();
		Signals signals = Signals.handle(Map.of("INT", measuring::interrupt, "TERM", measuring::interrupt));
		try {
			return tune(jar, settings, arguments);
		}
		catch (InterruptedException ex) {
			return interrupted();
		}
		catch (FileSystemException ex) {
			return refuse("%s can't be read or written: %s".formatted(ex.getFile(),
					(ex.getReason() != null) ? ex.getReason() : ex.getClass().getSimpleName()));
		}
		catch (IOException ex) {
			// A channel that is interrupted is closed.
			return Thread.interrupted() ? interrupted() : refuse(ex.getMessage());
		}
		catch (StartupException | TuneException | IllegalArgumentException ex) {
			return refuse(ex.getMessage());
		}
		finally {
			signals.close();
		}
	}

	private int tune(Path jar, Map<Setting, String> settings, List<String> arguments)
			throws TuneException, IOException, InterruptedException {
		Candidates candidates = candidates(settings);
		Plan plan = plan();
		JavaCommand application = Launcher.command(jar, List.of(), arguments);
		Launcher.describe(jar, List.of(), arguments);
		PrintWriter out = spec().commandLine().getOut();
		PrintWriter progress = this.json ? spec().commandLine().getErr() : out;
		Results results = Tuning.run(jar, application, candidates, plan, this.directory, new TuneProgress(progress));
		if (this.json) {
			out.println(Json.of(results));
		}
		else {
			print(results, out);
		}
		return Recommendation.of(results).isPresent() ? CommandCodes.DONE : CommandCodes.WARNED;
	}

	private void print(Results results, PrintWriter out) {
		out.println();
		TuneText.table(results).forEach(out::println);
		out.println();
		TuneText.chart(results).forEach(out::println);
		out.println();
		TuneText.advice(results).forEach(out::println);
		out.println();
		out.printf("Charts: %s%n", Tuning.report(this.directory));
	}

	private static Candidates candidates(Map<Setting, String> settings) {
		for (Setting setting : OWN) {
			if (settings.containsKey(setting)) {
				throw new IllegalArgumentException(
						"tune sets %s itself; leave --%s out".formatted(setting.property(), setting.label()));
			}
		}
		return Candidates.of(settings, Machine.current().cpus());
	}

	private Plan plan() throws IOException {
		List<LoadRequest> load = new ArrayList<>(this.paths.stream().map(LoadRequest::get).toList());
		if (this.requests != null) {
			load.addAll(RequestFile.read(this.requests));
		}
		if (load.isEmpty()) {
			throw new IllegalArgumentException("Say what to ask for, with --url /path or --requests FILE");
		}
		if (this.connections < 1 || this.warmup.compareTo(SHORTEST) < 0 || this.step.compareTo(SHORTEST) < 0) {
			throw new IllegalArgumentException("--connections must be at least 1, --warmup and --step at least 1s");
		}
		return new Plan(load, this.connections, this.warmup, this.step,
				new Goal(this.p99, (this.memory != null) ? this.memory.bytes() : null));
	}

	private int interrupted() {
		spec().commandLine()
			.getErr()
			.printf("%nInterrupted. The same command goes on after the last candidate that is done: %s%n",
					Tuning.report(this.directory));
		return CommandCodes.INTERRUPTED;
	}

	private int refuse(@Nullable String problem) {
		spec().commandLine().getErr().println(problem);
		return CommandCodes.REFUSED;
	}

}
