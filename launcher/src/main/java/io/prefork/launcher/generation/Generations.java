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

package io.prefork.launcher.generation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.Distribution;
import io.prefork.contract.Labels;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.MasterSettings;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.directory.RunDirectories;
import io.prefork.launcher.log.ErrnoHints;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.preload.OriginalJar;
import io.prefork.launcher.preload.Preload;
import io.prefork.launcher.process.DescribeRun;
import io.prefork.launcher.process.WorkingDirectory;
import io.prefork.launcher.sizing.Machine;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.Generation;
import io.prefork.protocol.Message;
import io.prefork.rundir.RunDirectory;

/**
 * What each generation runs: a copy of the application, made before anything is started
 * from it, so that whoever overwrites the original disturbs no worker, and the settings
 * that the copy resolves. Thread-safe.
 */
public final class Generations implements AutoCloseable {

	private final Map<Integer, JavaCommand> commands = new ConcurrentHashMap<>();

	private final Sizing sizing;

	private final long seed = System.nanoTime();

	private final JavaCommand application;

	private final Map<Integer, ApplicationSnapshot> copies = new ConcurrentHashMap<>();

	private final RunDirectories directories;

	private final MasterLog log;

	private final Preload preload;

	private @Nullable Distribution distribution;

	private boolean snapshot = true;

	private Set<Integer> inUse = Set.of();

	private @Nullable Thread preparation;

	/**
	 * Create the generations of a master.
	 * @param application the command that starts the application
	 * @param directories where copies are kept
	 * @param log the master's log
	 */
	public Generations(JavaCommand application, RunDirectories directories, MasterLog log) {
		this.application = application;
		this.directories = directories;
		this.log = log;
		this.preload = new Preload(System.getenv(), log);
		this.sizing = new Sizing(Machine.current(), log);
		directories.keep("copy of the application", this::restore);
	}

	/**
	 * Make the first generation, whose settings are known. If there is no room for a copy
	 * it runs from the original.
	 * @param number its number
	 * @param settings its settings
	 * @return the generation
	 */
	public Generation first(int number, MasterSettings settings) {
		this.distribution = settings.listen().distribution();
		this.snapshot = settings.launch().snapshot();
		try {
			OriginalJar original = original();
			return add(number, copy(number), settings, original);
		}
		catch (IOException ex) {
			remove(number);
			this.log.warn("the application can't be copied, so it must not be overwritten while it runs: "
					+ ErrnoHints.explain(ex));
			return add(number, this.application, settings, null);
		}
	}

	/**
	 * Copy the application and ask it for its settings, on a thread of its own.
	 * @param number the number of the new generation
	 * @param outcome is told the outcome, on any thread
	 */
	public void prepare(int number, Consumer<Event> outcome) {
		try {
			this.directories.restore();
		}
		catch (IOException ex) {
			outcome.accept(refuse(number, "the run directory can't be used: " + ErrnoHints.explain(ex)));
			return;
		}
		this.preparation = new Thread(() -> outcome.accept(prepare(number)), "prefork-reload");
		this.preparation.start();
	}

	/**
	 * The command that starts workers of a generation, whose files are in their place.
	 * @param number the number of the generation
	 * @return the command
	 * @throws IOException if the files were gone and can't be made again
	 */
	public JavaCommand command(int number) throws IOException {
		this.directories.restore();
		return this.preload.apply(number,
				Objects.requireNonNull(this.commands.get(number), "There is no such generation"));
	}

	/**
	 * Workers of a generation serve: what makes the start of the next ones cheaper can be
	 * prepared without being in their way.
	 * @param number the number of the generation
	 */
	public void serves(int number) {
		JavaCommand command = this.commands.get(number);
		if (command != null) {
			this.preload.begin(number, command);
		}
	}

	/**
	 * The JVM of a worker does not use the archive that it was given.
	 * @param number the number of its generation
	 */
	public void refused(int number) {
		this.preload.refused(number);
		serves(number);
	}

	/**
	 * Forget all generations but some.
	 * @param inUse the numbers of those that are needed
	 */
	public void retain(Set<Integer> inUse) {
		if (inUse.equals(this.inUse)) {
			return;
		}
		this.inUse = inUse;
		for (int number : Set.copyOf(this.commands.keySet())) {
			if (!inUse.contains(number)) {
				forget(number);
			}
		}
	}

	@Override
	public void close() {
		Thread thread = this.preparation;
		if (thread != null) {
			thread.interrupt();
		}
		this.preload.close();
		Set.copyOf(this.commands.keySet()).forEach(this::forget);
	}

	private Event prepare(int number) {
		try {
			OriginalJar original = original();
			JavaCommand copy = copy(number);
			Message.Described described = DescribeRun.of(copy);
			String disabledReason = described.disabledReason();
			if (disabledReason != null) {
				return refuse(number, "the application now wants to run as one process: " + disabledReason);
			}
			MasterSettings settings = MasterSettings.from(described.settings());
			if (this.distribution != null && settings.listen().distribution() != this.distribution) {
				this.log.warn(
						"prefork.distribution stays %s until the service is stopped and started: a reload can't change it"
							.formatted(Labels.of(this.distribution)));
			}
			if (settings.launch().snapshot() != this.snapshot) {
				this.snapshot = settings.launch().snapshot();
				remove(number);
				return prepare(number);
			}
			return new Event.GenerationPrepared(add(number, copy, settings, original));
		}
		catch (IOException ex) {
			return refuse(number, "the application can't be copied: " + ErrnoHints.explain(ex));
		}
		catch (StartupException ex) {
			return refuse(number, String.valueOf(ex.getMessage()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return refuse(number, "the master stops");
		}
		catch (RuntimeException ex) {
			this.log.error("the reload failed; please report this", ex);
			return refuse(number, ex.toString());
		}
	}

	private Event refuse(int number, String reason) {
		remove(number);
		return new Event.GenerationRefused(number, reason);
	}

	private JavaCommand copy(int number) throws IOException {
		if (!this.snapshot) {
			return this.application;
		}
		ApplicationSnapshot copy = ApplicationSnapshot.take(launch(), this.directories.own().generation(number));
		this.copies.put(number, copy);
		return this.application.withLaunch(copy.launch());
	}

	/**
	 * The jar that the user starts, before it is copied: if it is overwritten meanwhile
	 * the copy may be of another one, and this will not be found again.
	 * @return the jar; {@code null} for another kind of application
	 * @throws IOException if it can't be looked at
	 */
	private @Nullable OriginalJar original() throws IOException {
		return (this.application.launch().indexOf("-jar") == 0) ? OriginalJar.of(Path.of(launch().get(1))) : null;
	}

	private List<String> launch() {
		return WorkingDirectory.current().resolve(this.application.launch());
	}

	private Generation add(int number, JavaCommand application, MasterSettings settings,
			@Nullable OriginalJar original) {
		int workers = this.sizing.workers(settings);
		JavaCommand worker = this.sizing.command(application, settings, workers);
		this.commands.put(number, worker);
		this.preload.look(number, worker, settings.launch().preload(),
				settings.listen().keepsMasterBusy() ? null : original);
		return new Generation(number, workers, this.sizing.cpus(), this.seed, settings.supervision(), settings.told());
	}

	private void forget(int number) {
		this.commands.remove(number);
		this.preload.forget(number);
		remove(number);
	}

	private boolean restore(Path directory) throws IOException {
		boolean gone = false;
		for (Map.Entry<Integer, JavaCommand> command : this.commands.entrySet()) {
			ApplicationSnapshot copy = this.copies.get(command.getKey());
			if (copy != null) {
				gone |= copy.restore(RunDirectory.generation(directory, command.getKey()));
				command.setValue(command.getValue().withLaunch(copy.launch()));
			}
		}
		return gone;
	}

	private void remove(int number) {
		RunDirectory directory = this.directories.own();
		ApplicationSnapshot copy = this.copies.remove(number);
		try {
			if (copy != null) {
				copy.close();
			}
			directory.removeGeneration(number);
		}
		catch (IOException | UncheckedIOException ex) {
			this.log.warn("%s can't be removed: %s".formatted(directory.generation(number), ex.getMessage()));
		}
	}

}
