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

package io.prefork.launcher.supervisor;

/**
 * Executes decisions; a method for each, so that a new decision is forgotten nowhere.
 */
public interface DecisionReceiver {

	void spawn(Decision.Spawn decision);

	void accept(Decision.Accept decision);

	void lead(Decision.Lead decision);

	void drain(Decision.Drain decision);

	void terminate(Decision.Terminate decision);

	void kill(Decision.Kill decision);

	void refuse(Decision.Refuse decision);

	void closeListeners(Decision.CloseListeners decision);

	void announce(Decision.Announce decision);

	void dump(Decision.Dump decision);

	void depart(Decision.Depart decision);

	void prepare(Decision.Prepare decision);

	void endReload(Decision.EndReload decision);

	void notice(Decision.Notice decision);

	void report(Decision.Report decision);

	void incident(Decision.Incident decision);

	void finish(Decision.Finish decision);

}
