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
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.prefork.launcher.report.Json;
import io.prefork.launcher.sizing.Machine;
import io.prefork.launcher.sizing.MemorySize;
import io.prefork.launcher.sizing.WorkerCount;
import io.prefork.sizing.Advice;
import io.prefork.sizing.Demand;
import io.prefork.sizing.Supply;

/**
 * {@code prefork size}: work out how many workers a service needs.
 */
@Command(name = "size", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Work out how many workers a service needs, step by step.",
		footer = { "", "Examples:", "  prefork size --rps 3000 --service-time 50ms --concurrency 400",
				"  prefork size --rps 50 --service-time 100ms --concurrency 1 --cpu-time 100ms --cpus 8" })
final class SizeCommand implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = "--rps", required = true, paramLabel = "N", description = "Requests per second at the peak.")
	private double requestsPerSecond;

	@Option(names = "--service-time", required = true, paramLabel = "DURATION",
			description = "How long one takes on average, such as 50ms.")
	private Duration serviceTime = Duration.ZERO;

	@Option(names = "--concurrency", required = true, paramLabel = "N",
			description = "How many a worker can have in progress before they slow each other down.")
	private int concurrency;

	@Option(names = "--headroom", paramLabel = "SHARE", defaultValue = "0.25",
			description = "What is left free at the peak; ${DEFAULT-VALUE} by default, a quarter more.")
	private double headroom;

	@Option(names = "--cpu-time", paramLabel = "DURATION", description = "How much CPU time one takes, if it is known.")
	private @Nullable Duration cpuTime;

	@Option(names = "--cpus", paramLabel = "N", description = "The CPUs; those of this machine by default.")
	private @Nullable Integer cpus;

	@Option(names = "--memory", paramLabel = "SIZE",
			description = "The memory, such as 2G; that of this machine by default.")
	private @Nullable MemorySize memory;

	@Option(names = "--worker-memory", paramLabel = "SIZE",
			description = "What a worker takes, such as 300M, which is the default.")
	private @Nullable MemorySize workerMemory;

	@Option(names = "--json", description = "Write it for programs.")
	private boolean json;

	@Override
	public Integer call() {
		if (this.spec == null) {
			throw new IllegalStateException("picocli did not fill in the command");
		}
		PrintWriter out = this.spec.commandLine().getOut();
		Advice advice = advice(this.spec);
		if (this.json) {
			out.println(Json.of(advice));
			return CommandCodes.DONE;
		}
		print(advice.steps(), out);
		out.println();
		out.println("prefork.workers: %d".formatted(advice.workers()));
		out.println();
		out.println("Rules of thumb, for comparison:");
		print(advice.rules(), out);
		return CommandCodes.DONE;
	}

	private Advice advice(CommandSpec command) {
		Machine machine = Machine.current();
		try {
			return Advice.of(
					new Demand(this.requestsPerSecond, this.serviceTime, this.concurrency, this.headroom, this.cpuTime),
					new Supply((this.cpus != null) ? this.cpus : machine.cpus(),
							(this.memory != null) ? this.memory.bytes() : machine.memory(),
							(this.workerMemory != null) ? this.workerMemory.bytes() : WorkerCount.MEMORY_FLOOR));
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(command.commandLine(), ex.getMessage(), ex);
		}
	}

	private static void print(List<Advice.Step> steps, PrintWriter out) {
		int name = steps.stream().mapToInt((step) -> step.name().length()).max().orElse(0);
		int calculation = steps.stream().mapToInt((step) -> step.calculation().length()).max().orElse(0);
		String format = "%%-%ds  %%-%ds  %%s%%n".formatted(name, calculation);
		steps.forEach((step) -> out.printf(format, step.name(), step.calculation(), step.result()));
	}

}
