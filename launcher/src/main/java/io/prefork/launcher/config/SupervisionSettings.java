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

package io.prefork.launcher.config;

import io.prefork.contract.Setting;
import io.prefork.launcher.supervisor.Capacity;
import io.prefork.launcher.supervisor.Initialization;
import io.prefork.launcher.supervisor.RecyclePolicy;
import io.prefork.launcher.supervisor.ReloadPolicy;
import io.prefork.launcher.supervisor.RestartPolicy;
import io.prefork.launcher.supervisor.SupervisorSettings;
import io.prefork.launcher.supervisor.TimeLimits;

/**
 * Reads what the supervisor has to keep to.
 */
final class SupervisionSettings {

	/**
	 * The share of a back-off by which it is raised at most, so that slots that failed
	 * together don't come back together.
	 */
	private static final double BACK_OFF_JITTER = 0.2;

	private SupervisionSettings() {
	}

	static SupervisorSettings from(Values values) {
		return new SupervisorSettings(capacity(values), limits(values), restart(values), recycle(values),
				reload(values), initialization(values));
	}

	private static Capacity capacity(Values values) {
		return new Capacity(values.count(Setting.SPARES), values.count(Setting.SURGE),
				values.count(Setting.MAX_UNAVAILABLE));
	}

	private static TimeLimits limits(Values values) {
		return new TimeLimits(values.duration(Setting.BOOT_TIMEOUT), values.duration(Setting.TIMEOUT),
				values.duration(Setting.GRACEFUL_TIMEOUT), values.duration(Setting.DRAIN_DELAY));
	}

	private static RestartPolicy restart(Values values) {
		return new RestartPolicy(values.duration(Setting.RESTART_INITIAL_DELAY),
				values.fraction(Setting.RESTART_MULTIPLIER), values.duration(Setting.RESTART_MAX_DELAY),
				BACK_OFF_JITTER, values.duration(Setting.RESTART_RESET_AFTER),
				values.duration(Setting.RESTART_GIVE_UP_AFTER));
	}

	private static RecyclePolicy recycle(Values values) {
		return new RecyclePolicy(values.number(Setting.MAX_REQUESTS), values.number(Setting.MAX_REQUESTS_JITTER),
				values.duration(Setting.MAX_AGE), values.duration(Setting.MAX_AGE_JITTER),
				values.number(Setting.MAX_RSS));
	}

	private static ReloadPolicy reload(Values values) {
		return new ReloadPolicy(values.duration(Setting.RELOAD_CANARY), values.fraction(Setting.RELOAD_MAX_ERROR_RATE),
				values.duration(Setting.RELOAD_TIMEOUT));
	}

	private static Initialization initialization(Values values) {
		return new Initialization(values.flag(Setting.INITIALIZER_ALONE),
				"generation".equals(values.text(Setting.INITIALIZER_SCOPE)));
	}

}
