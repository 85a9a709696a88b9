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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.prefork.launcher.supervisor.ReloadPolicy;
import io.prefork.launcher.supervisor.TimeLimits;

/**
 * Finds settings that contradict each other, or what is around the service.
 */
public final class SettingChecks {

	/**
	 * See terminationGracePeriodSeconds in the reference of Kubernetes, Pod.
	 */
	private static final Duration KUBERNETES_GRACE = Duration.ofSeconds(30);

	private static final String IN_KUBERNETES = "KUBERNETES_SERVICE_HOST";

	private SettingChecks() {
	}

	/**
	 * Look.
	 * @param limits how long a worker may take
	 * @param reload how a reload goes
	 * @param workers the number of workers
	 * @param environment the environment variables
	 * @return what was found
	 */
	public static List<Finding> findings(TimeLimits limits, ReloadPolicy reload, int workers,
			Map<String, String> environment) {
		List<Finding> findings = new ArrayList<>();
		Duration slot = limits.boot().plus(limits.drainDelay()).plus(limits.graceful());
		Duration longest = reload.canary().plus(slot.multipliedBy(workers));
		Duration usual = reload.canary().plus(limits.drainDelay().multipliedBy(workers));
		if (usual.compareTo(reload.timeout()) >= 0) {
			findings.add(Finding.warning("reload",
					"prefork.reload.canary and prefork.drain-delay of %d workers take %d s, and prefork.reload.timeout is %d s"
						.formatted(workers, usual.toSeconds(), reload.timeout().toSeconds()),
					"each reload is rolled back",
					"prefork.reload.timeout of at least %d s".formatted(longest.toSeconds())));
		}
		Duration stop = limits.drainDelay().plus(limits.graceful());
		if (environment.containsKey(IN_KUBERNETES) && stop.compareTo(KUBERNETES_GRACE) >= 0) {
			findings.add(Finding.warning("grace period",
					"prefork.drain-delay and prefork.graceful-timeout are %d s together".formatted(stop.toSeconds()),
					"Kubernetes kills a pod after terminationGracePeriodSeconds, which is %d unless it is set"
						.formatted(KUBERNETES_GRACE.toSeconds()),
					"terminationGracePeriodSeconds: %d, or a shorter prefork.graceful-timeout"
						.formatted(stop.toSeconds() + 10)));
		}
		return findings;
	}

}
