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

import java.time.Duration;

/**
 * Is told how far it has come. All methods are called by the thread that measures.
 */
public interface TuneListener {

	/**
	 * A candidate is started.
	 * @param candidate the candidate
	 * @param number its number, from 1
	 * @param count how many there are at most
	 * @param left about how long all of it will take
	 */
	void starting(Candidate candidate, int number, int count, Duration left);

	/**
	 * It is ready, and warmed up now.
	 * @param boot how long it took to be ready
	 */
	void ready(Duration boot);

	/**
	 * It is warm, and measured now.
	 */
	void warm();

	/**
	 * One rate was measured.
	 * @param measurement the result
	 */
	void measured(Measurement measurement);

	/**
	 * A candidate is done with.
	 * @param result what it did
	 * @param known whether that was known from an earlier run
	 */
	void done(TrialResult result, boolean known);

	/**
	 * More workers are not tried, since the last ones have gained nothing.
	 * @param workers how many were tried
	 */
	void enough(int workers);

}
