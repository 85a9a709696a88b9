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

package io.prefork.sizing;

/**
 * What the machine has for a service.
 *
 * @param cpus the CPUs, within the quota of the container
 * @param memory the memory in bytes, within the limit of the container
 * @param workerMemory what one worker takes of it, in bytes
 */
public record Supply(int cpus, long memory, long workerMemory) {

	public Supply {
		if (cpus < 1) {
			throw new IllegalArgumentException("There must be at least 1 CPU");
		}
		if (memory < 1 || workerMemory < 1) {
			throw new IllegalArgumentException("A size of memory must be more than 0");
		}
	}

}
