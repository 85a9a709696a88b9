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
 * Handles events; a method for each, so that a new event is forgotten nowhere.
 */
public interface EventReceiver {

	void masterStarted(Event.MasterStarted event);

	void deadlineReached(Event.DeadlineReached event);

	void workerReady(Event.WorkerReady event);

	void workerLeaving(Event.WorkerLeaving event);

	void workerLost(Event.WorkerLost event);

	void workerHeard(Event.WorkerHeard event);

	void masterDelayed(Event.MasterDelayed event);

	void scaleRequested(Event.ScaleRequested event);

	void recycleRequested(Event.RecycleRequested event);

	void reloadRequested(Event.ReloadRequested event);

	void generationPrepared(Event.GenerationPrepared event);

	void generationRefused(Event.GenerationRefused event);

	void pauseRequested(Event.PauseRequested event);

	void workerExited(Event.WorkerExited event);

	void listenFailed(Event.ListenFailed event);

	void handedOver(Event.HandedOver event);

	void stopRequested(Event.StopRequested event);

}
