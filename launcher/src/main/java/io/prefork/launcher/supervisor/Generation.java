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

import java.util.Map;

/**
 * One version of the application and its settings.
 *
 * @param number the number, raised by each reload
 * @param workers the number of slots it wants
 * @param cpus how many CPUs its workers share
 * @param seed the seed of all jitter
 * @param settings what the supervisor has to keep to while this generation serves
 * @param told what operators are told of all its settings
 */
public record Generation(int number, int workers, int cpus, long seed, SupervisorSettings settings,
		Map<String, String> told) {

	/**
	 * Whether all workers boot at once at the start of the service. With fewer CPUs than
	 * workers the first answer comes earlier if one boots alone; and what that one does
	 * for all may have to be done before.
	 * @return {@code false} if the first one boots alone
	 */
	boolean bootsAtOnce() {
		return this.workers <= this.cpus && !this.settings.initialization().alone();
	}

}
