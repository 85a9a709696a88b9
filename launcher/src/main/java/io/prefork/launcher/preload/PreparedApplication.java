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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.Training;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.process.CurrentJvm;
import io.prefork.rundir.PrivateDirectory;

/**
 * What is prepared of one application, for workers with certain options. Looked at and
 * prepared on one thread at a time, used on any.
 */
final class PreparedApplication {

	/**
	 * With these options a JVM writes no archive, or uses none, or the user has one.
	 */
	private static final List<String> EXCLUDING = List.of("-javaagent:", "-agentlib:", "-agentpath:", "-Xshare:",
			"-XX:SharedArchiveFile=", "-XX:AOTCache", "-XX:AOTMode=", "-XX:+AutoCreateSharedArchive");

	private final PreloadCache cache;

	private final CacheEntry entry;

	private final ApplicationLayout layout;

	private final Training training;

	private final MasterLog log;

	private final @Nullable String obstacle;

	private final @Nullable ArchiveKind kind;

	private volatile boolean extracted;

	private volatile @Nullable Archive archive;

	private volatile boolean failed;

	private boolean remade;

	PreparedApplication(PreloadCache cache, CacheEntry entry, ApplicationLayout layout, JavaCommand worker,
			Training training, MasterLog log) {
		this.cache = cache;
		this.entry = entry;
		this.layout = layout;
		this.training = training;
		this.log = log;
		Integer feature = CurrentJvm.featureVersion(worker.java());
		this.obstacle = (feature != null)
				? worker.options().stream().filter(PreparedApplication::excludes).findFirst().orElse(null)
				: "the Java version of " + worker.java();
		this.kind = (feature == null || this.obstacle != null) ? null : ArchiveKind.of(feature);
	}

	/**
	 * What does not go with an archive.
	 * @return an option of the workers, for instance; {@code null} for nothing
	 */
	@Nullable String obstacle() {
		return this.obstacle;
	}

	boolean isIn(CacheEntry entry) {
		return this.entry.equals(entry);
	}

	/**
	 * Whether there is nothing left that could be prepared.
	 * @return {@code true} if so
	 */
	boolean isComplete() {
		return this.failed || isWhole();
	}

	/**
	 * Whether there is all that can be there.
	 * @return {@code false} if something is missing
	 */
	boolean isWhole() {
		return this.extracted && (this.archive != null || this.kind == null || this.training == Training.OFF);
	}

	/**
	 * Find out what is there.
	 * @param worker the command of a worker without what was prepared
	 * @throws IOException if that can't be told
	 */
	void look(JavaCommand worker) throws IOException {
		this.extracted = this.entry.holdsApplication();
		if (this.extracted && this.kind != null) {
			this.archive = find(extracted(worker), this.kind);
		}
		if (this.extracted) {
			remember(worker);
		}
	}

	/**
	 * Prepare what is missing.
	 * @param worker the command of a worker without what was prepared
	 * @return what was made, or {@code null} for nothing
	 * @throws IOException if something can't be made, which is not tried again
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	@Nullable String prepare(JavaCommand worker) throws IOException, InterruptedException {
		try {
			return make(worker);
		}
		catch (IOException ex) {
			this.failed = true;
			throw ex;
		}
	}

	/**
	 * The command with which the next worker starts.
	 * @param worker its command without what was prepared
	 * @return the command
	 */
	JavaCommand apply(JavaCommand worker) {
		if (!this.extracted) {
			return worker;
		}
		if (!this.entry.holdsApplication()) {
			this.log.warn(
					"preload: the application is not any more what was put into %s; workers start without it until the next reload"
						.formatted(this.entry.application()));
			this.extracted = false;
			this.archive = null;
			return worker;
		}
		JavaCommand extracted = extracted(worker);
		Archive archive = this.archive;
		if (archive != null && !archive.isUnchanged()) {
			this.log.warn("preload: %s is gone or has changed; workers start without it until the next reload"
				.formatted(archive.file()));
			this.archive = null;
			return extracted;
		}
		return (archive != null) ? archive.usedBy(extracted) : extracted;
	}

	/**
	 * A JVM does not use the archive, so it is made again; if that has been done already
	 * there is none.
	 */
	void refused() {
		Archive archive = this.archive;
		if (archive != null) {
			this.archive = null;
			this.failed = this.remade;
			this.remade = true;
			this.entry.remove(archive);
		}
	}

	/**
	 * Remove what nobody uses from the place where this is kept.
	 * @param open the names of the places that this process has open
	 * @throws IOException if that can't be done
	 */
	void clean(Set<String> open) throws IOException {
		this.cache.clean(open);
	}

	private @Nullable String make(JavaCommand worker) throws IOException, InterruptedException {
		List<String> made = new ArrayList<>();
		if (!this.extracted) {
			Path unfinished = this.entry.unfinished("application");
			try {
				this.layout.make(worker, unfinished);
				this.entry.publish(unfinished);
			}
			finally {
				PrivateDirectory.remove(unfinished);
			}
			this.extracted = true;
			made.add("the application was put into " + this.entry.application());
		}
		if (this.archive == null && this.kind != null && this.training != Training.OFF) {
			JavaCommand extracted = extracted(worker);
			Path file = archiveFile(extracted, this.training, this.kind);
			Path unfinished = this.entry.unfinished("archive");
			try {
				TrainingRun.of(extracted, this.training, this.kind, unfinished);
				this.entry.publishArchive(unfinished, file);
			}
			finally {
				PrivateDirectory.remove(unfinished);
			}
			this.archive = Archive.of(file, this.kind);
			made.add("the next workers use " + file);
		}
		remember(worker);
		this.entry.removeAbandoned();
		return made.isEmpty() ? null : String.join("; ", made);
	}

	private void remember(JavaCommand worker) throws IOException {
		OriginalJar original = this.layout.original();
		if (original != null && this.entry.isWritable()) {
			this.entry.remember(original);
			Archive archive = this.archive;
			if (archive != null && archive.kind() == ArchiveKind.AOT_CACHE) {
				this.entry.remember(PreloadKeys.ofJvm(worker.java()), archive);
			}
		}
	}

	private JavaCommand extracted(JavaCommand worker) {
		return worker.withLaunch(this.layout.launch(this.entry.application()));
	}

	private @Nullable Archive find(JavaCommand extracted, ArchiveKind kind) throws IOException {
		List<Training> trainings = (this.training != Training.OFF) ? List.of(this.training)
				: List.of(Training.REQUESTS, Training.REFRESH);
		for (Training training : trainings) {
			Path file = archiveFile(extracted, training, kind);
			if (this.entry.isWhole(file)) {
				return Archive.of(file, kind);
			}
		}
		return null;
	}

	private Path archiveFile(JavaCommand extracted, Training training, ArchiveKind kind) throws IOException {
		return this.entry.archive(PreloadKeys.ofArchive(extracted, training) + "." + kind.suffix());
	}

	private static boolean excludes(String option) {
		return EXCLUDING.stream().anyMatch(option::startsWith);
	}

}
