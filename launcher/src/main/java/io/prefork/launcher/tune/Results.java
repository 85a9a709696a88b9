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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known so far.
 *
 * @param subject what is measured
 * @param plan how
 * @param trials the candidates that were tried, in that order
 */
public record Results(Subject subject, Plan plan, List<TrialResult> trials) {

	public Results {
		trials = List.copyOf(trials);
	}

	Results with(TrialResult trial) {
		List<TrialResult> all = new ArrayList<>(this.trials);
		all.add(trial);
		return new Results(this.subject, this.plan, all);
	}

	Optional<TrialResult> of(Candidate candidate) {
		return this.trials.stream().filter((trial) -> trial.candidate().equals(candidate)).findFirst();
	}

	/**
	 * The requests per second of a candidate at its knee.
	 * @param trial what it did
	 * @return the requests; 0 if it never kept up, or takes too much memory
	 */
	double capacity(TrialResult trial) {
		Long limit = this.plan.goal().memory();
		return trial.knee(this.plan.goal())
			.filter((knee) -> limit == null || knee.memory() <= limit)
			.map(Measurement::served)
			.orElse(0.0);
	}

}
