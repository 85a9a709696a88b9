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
 * What the supervisor has to keep to.
 *
 * @param capacity how many extra workers there may be, and how many may be missing
 * @param limits how long a worker may take
 * @param restart how losses of workers are answered
 * @param recycle when workers that are well are replaced
 * @param reload how a new generation takes over
 * @param initialization how what one worker does for all is done
 */
public record SupervisorSettings(Capacity capacity, TimeLimits limits, RestartPolicy restart, RecyclePolicy recycle,
		ReloadPolicy reload, Initialization initialization) {

}
