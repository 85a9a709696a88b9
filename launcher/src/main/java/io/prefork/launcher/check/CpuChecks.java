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

package io.prefork.launcher.check;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * CPU quotas of containers; see cpu.max and cpu.stat in the kernel's
 * Documentation/admin-guide/cgroup-v2.rst, and sched-bwc.rst for cgroups of version 1.
 */
final class CpuChecks {

	private static final List<String> STATISTICS = List.of("sys/fs/cgroup/cpu.stat", "sys/fs/cgroup/cpu/cpu.stat");

	private static final String QUOTA = "sys/fs/cgroup/cpu.max";

	private static final String OLD_QUOTA = "sys/fs/cgroup/cpu/cpu.cfs_quota_us";

	private static final String OLD_PERIOD = "sys/fs/cgroup/cpu/cpu.cfs_period_us";

	private static final double TOLERABLE = 0.05;

	private CpuChecks() {
	}

	static List<Finding> findings(CheckedService service, SystemFiles files) {
		List<Finding> findings = new ArrayList<>();
		double cpus = quota(files);
		if (cpus > 0 && cpus < 1) {
			findings.add(Finding.warning("CPU quota", "the container may use %.2f of a CPU".formatted(cpus),
					"its processes stand still for most of each tenth of a second as soon as they are busy, "
							+ "and a start takes several times as long",
					"a quota of at least one CPU (in Kubernetes: resources.limits.cpu), or none"));
		}
		for (String file : STATISTICS) {
			OptionalLong periods = files.number(file, "nr_periods");
			OptionalLong throttled = files.number(file, "nr_throttled");
			if (periods.orElse(0) > 0 && throttled.orElse(0) > TOLERABLE * periods.getAsLong()) {
				findings.add(Finding.warning("CPU quota",
						"the container was throttled in %d of %d periods (/%s)".formatted(throttled.getAsLong(),
								periods.getAsLong(), file),
						"every process of it stands still until the period is over, which shows as latency",
						"a larger quota, or fewer workers"));
			}
		}
		return findings;
	}

	/**
	 * How many CPUs the container may use.
	 * @param files what the system tells about itself
	 * @return the number; 0 if there is no limit
	 */
	private static double quota(SystemFiles files) {
		List<Double> quota = Stream.of(files.line(QUOTA).split(" ", -1))
			.filter((part) -> part.matches("\\d+"))
			.map(Double::parseDouble)
			.toList();
		if (quota.size() == 2) {
			return quota.get(0) / quota.get(1);
		}
		long period = files.number(OLD_PERIOD).orElse(0);
		return (period > 0) ? Math.max(0, files.number(OLD_QUOTA).orElse(0)) / (double) period : 0;
	}

}
