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

package io.prefork.launcher.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.load.LoadGenerator;
import io.prefork.rundir.PrivateDirectory;

/**
 * Tries candidates one after the other.
 */
public final class Tuning {

	private final JavaCommand application;

	private final Candidates candidates;

	private final ResultsFile file;

	private final TuneListener listener;

	private Results results;

	private Tuning(JavaCommand application, Candidates candidates, ResultsFile file, Results results,
			TuneListener listener) {
		this.application = application;
		this.candidates = candidates;
		this.file = file;
		this.results = results;
		this.listener = listener;
	}

	/**
	 * Try all candidates that an earlier run has not tried. What is found out is written
	 * after each of them.
	 * @param jar the application's jar
	 * @param application the command that starts it
	 * @param candidates the candidates
	 * @param plan how to measure
	 * @param directory where results are kept
	 * @param listener is told how far it has come
	 * @return the results
	 * @throws TuneException if it can't be measured
	 * @throws IOException if a master is lost, or results can't be written
	 * @throws InterruptedException if the calling thread is interrupted; nothing that was
	 * started is left
	 */
	public static Results run(Path jar, JavaCommand application, Candidates candidates, Plan plan, Path directory,
			TuneListener listener) throws TuneException, IOException, InterruptedException {
		ResultsFile file = new ResultsFile(directory);
		Results known = file.read(Subject.of(jar, application), plan);
		file.write(known);
		Tuning tuning = new Tuning(application, candidates, file, known, listener);
		int number = 1;
		for (Map<String, String> settings : candidates.combinations()) {
			tuning.series(settings, number);
			number += candidates.workers().size();
		}
		return tuning.results;
	}

	/**
	 * Where the page with the results is.
	 * @param directory where results are kept
	 * @return the file
	 */
	public static Path report(Path directory) {
		return new ResultsFile(directory).report();
	}

	private void series(Map<String, String> settings, int first)
			throws TuneException, IOException, InterruptedException {
		double last = 0;
		int number = first;
		for (int workers : this.candidates.workers()) {
			TrialResult trial = result(new Candidate(workers, settings), number++);
			double capacity = this.results.capacity(trial);
			if (this.candidates.search() && last > 0 && !Recommendation.isWorthIt(capacity, last)) {
				this.listener.enough(workers);
				return;
			}
			last = capacity;
		}
	}

	private TrialResult result(Candidate candidate, int number)
			throws TuneException, IOException, InterruptedException {
		TrialResult known = this.results.of(candidate).orElse(null);
		if (known != null) {
			this.listener.done(known, true);
			return known;
		}
		long remaining = this.candidates.count() - number + 1L;
		this.listener.starting(candidate, number, this.candidates.count(),
				this.results.plan().estimate().multipliedBy(remaining));
		TrialResult result = measure(candidate);
		this.results = this.results.with(result);
		this.file.write(this.results);
		this.listener.done(result, false);
		return result;
	}

	private TrialResult measure(Candidate candidate) throws TuneException, IOException, InterruptedException {
		Path directory = Files.createTempDirectory("prefork-tune");
		long start = System.nanoTime();
		try (TrialService service = TrialService.start(this.application, candidate, directory)) {
			Duration boot = Duration.ofNanos(System.nanoTime() - start);
			this.listener.ready(boot);
			Plan plan = this.results.plan();
			try (LoadGenerator generator = new LoadGenerator(service.address(), plan.requests(), plan.connections())) {
				return new TrialResult(candidate, boot, new Trial(service, generator, plan, this.listener).run(), null);
			}
		}
		catch (TrialFailedException ex) {
			return new TrialResult(candidate, Duration.ZERO, List.of(), ex.getMessage());
		}
		finally {
			PrivateDirectory.remove(directory);
		}
	}

}
