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

package io.prefork.launcher.sizing;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * What this machine, or the container that the process runs in, offers.
 *
 * @param cpus the CPUs, rounded up from a container's quota
 * @param memory the memory in bytes
 */
public record Machine(int cpus, long memory) {

	/**
	 * Look at the machine this process runs on.
	 * @return the machine
	 */
	public static Machine current() {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		return new Machine(Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize());
	}

}
