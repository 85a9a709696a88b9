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

package io.prefork.launcher.preload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.PreloadSettings;
import io.prefork.launcher.log.ErrnoHints;
import io.prefork.launcher.log.MasterLog;

/**
 * Makes the start of workers cheaper as soon as it can. A generation is looked up before
 * its first worker, and prepared when it serves; until then, and whenever something is
 * wrong with what was prepared, its workers start as they would without. Thread-safe.
 */
public final class Preload implements AutoCloseable {

	private final Map<Integer, PreparedApplication> prepared = new ConcurrentHashMap<>();

	private final Map<String, CacheEntry> entries = new HashMap<>();

	private final Map<String, String> environment;

	private final MasterLog log;

	private @Nullable Thread preparation;

	private volatile boolean closed;

	/**
	 * Create what prepares the generations of a master.
	 * @param environment the environment variables
	 * @param log the master's log
	 */
	public Preload(Map<String, String> environment, MasterLog log) {
		this.environment = environment;
		this.log = log;
	}

	/**
	 * Find out what is there already for a generation; prepare the rest if its first
	 * worker should wait for that. Blocks meanwhile.
	 * @param number the number of the generation
	 * @param worker the command of its workers
	 * @param settings its settings
	 * @param original the jar that the user starts, if it should be known when it is
	 * started again
	 */
	public void look(int number, JavaCommand worker, PreloadSettings settings, @Nullable OriginalJar original) {
		PreloadCache cache = settings.enabled() ? PreloadCache.of(settings.cache(), this.environment) : null;
		if (settings.enabled() && cache == null) {
			explain(settings, "there is no directory for archives; set prefork.preload.cache-dir");
		}
		if (cache == null) {
			return;
		}
		try {
			ApplicationLayout layout = ApplicationLayout.of(worker.launch(), original);
			String obstacle = layout.obstacle();
			if (obstacle != null) {
				explain(settings, "workers start without an archive: " + obstacle);
				return;
			}
			CacheEntry entry = open(cache, cache.keyOf(layout));
			PreparedApplication application = new PreparedApplication(cache, entry, layout, worker, settings.training(),
					this.log);
			application.look(worker);
			if (application.obstacle() != null) {
				explain(settings,
						"workers start without an archive: %s does not go with one".formatted(application.obstacle()));
			}
			this.prepared.put(number, application);
			if (settings.waits() && !application.isComplete()) {
				prepare(application, worker);
			}
		}
		catch (IOException ex) {
			this.log.warn("preload: %s can't be used, so workers start without it: %s".formatted(cache,
					ErrnoHints.explain(ex)));
		}
	}

	/**
	 * Begin to prepare what is missing for a generation. Returns at once.
	 * @param number the number of the generation
	 * @param worker the command of its workers without what was prepared
	 */
	public synchronized void begin(int number, JavaCommand worker) {
		PreparedApplication application = this.prepared.get(number);
		if (application != null && !application.isComplete() && !isBusy() && !this.closed) {
			Thread thread = new Thread(() -> prepare(application, worker), "prefork-preload");
			thread.setDaemon(true);
			thread.start();
			this.preparation = thread;
		}
	}

	/**
	 * Whether something is being prepared in the background.
	 * @return {@code true} until that has ended
	 */
	synchronized boolean isBusy() {
		return this.preparation != null && this.preparation.isAlive();
	}

	/**
	 * The command with which the next worker of a generation starts.
	 * @param number the number of the generation
	 * @param worker the command of its workers without what was prepared
	 * @return the command
	 */
	public JavaCommand apply(int number, JavaCommand worker) {
		PreparedApplication application = this.prepared.get(number);
		return (application != null) ? application.apply(worker) : worker;
	}

	/**
	 * Whether all has been prepared for a generation that its settings ask for.
	 * @param number the number of the generation
	 * @return {@code false} if something could not be made
	 */
	public boolean isWhole(int number) {
		PreparedApplication application = this.prepared.get(number);
		return application != null && application.isWhole();
	}

	/**
	 * The archive that a command uses.
	 * @param command a command
	 * @return the archive, or {@code null}
	 */
	public static @Nullable Path archiveIn(JavaCommand command) {
		return ArchiveKind.archiveIn(command.options());
	}

	/**
	 * The JVM of a worker does not use the archive that it was given. It is made anew,
	 * once.
	 * @param number the number of the worker's generation
	 */
	public void refused(int number) {
		PreparedApplication application = this.prepared.get(number);
		if (application != null) {
			application.refused();
		}
	}

	/**
	 * A generation is not needed any more.
	 * @param number its number
	 */
	public void forget(int number) {
		PreparedApplication application = this.prepared.remove(number);
		if (application != null) {
			closeUnused();
		}
	}

	@Override
	public void close() {
		this.closed = true;
		Thread thread;
		synchronized (this) {
			thread = this.preparation;
		}
		if (thread != null) {
			thread.interrupt();
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		this.prepared.clear();
		closeUnused();
	}

	private void prepare(PreparedApplication application, JavaCommand worker) {
		try {
			long begun = System.nanoTime();
			String made = application.prepare(worker);
			application.clean(open());
			if (made != null) {
				this.log.info("preload: %s in %s".formatted(made,
						MasterLog.seconds(Duration.ofNanos(System.nanoTime() - begun))));
			}
		}
		catch (IOException ex) {
			this.log
				.warn("preload: workers start without an archive, since none can be made: " + ErrnoHints.explain(ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			this.log.error("preload failed; please report this", ex);
		}
	}

	private void explain(PreloadSettings settings, String what) {
		if (settings.expected()) {
			this.log.warn("preload: " + what);
		}
		else {
			this.log.info("preload: " + what);
		}
	}

	private CacheEntry open(PreloadCache cache, String key) throws IOException {
		synchronized (this.entries) {
			// Once for each place: to close a file gives up all locks that a process has
			// on it.
			CacheEntry entry = this.entries.get(key);
			if (entry == null) {
				entry = cache.open(key);
				this.entries.put(key, entry);
			}
			return entry;
		}
	}

	private Set<String> open() {
		synchronized (this.entries) {
			return Set.copyOf(this.entries.keySet());
		}
	}

	private void closeUnused() {
		synchronized (this.entries) {
			this.entries.values()
				.removeIf((entry) -> this.prepared.values().stream().noneMatch((used) -> used.isIn(entry))
						&& close(entry));
		}
	}

	private boolean close(CacheEntry entry) {
		try {
			entry.close();
		}
		catch (IOException ex) {
			this.log.warn("preload: " + ErrnoHints.explain(ex));
		}
		return true;
	}

}
