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

import java.time.Duration;

import io.prefork.launcher.supervisor.RecyclePolicy;
import io.prefork.launcher.supervisor.ReloadPolicy;
import io.prefork.launcher.supervisor.RestartPolicy;
import io.prefork.launcher.supervisor.SupervisorSettings;
import io.prefork.protocol.SettingNames;

/**
 * What the supervisor has to keep to, apart from the number of workers.
 *
 * @param spares the number of booted workers in waiting
 * @param surge how many extra workers planned work may have at once
 * @param maxUnavailable how many slots planned work may have without a ready worker
 * @param bootTimeout the longest time from the start of a process to ready
 * @param timeout the silence after which a worker is replaced
 * @param gracefulTimeout the time to finish what is in flight
 * @param drainDelay the wait between "not ready" and "stop accepting"
 * @param restart how losses of workers are answered
 * @param recycle when workers that are well are replaced
 * @param reload how a new generation takes over
 */
public record Supervision(int spares, int surge, int maxUnavailable, Duration bootTimeout, Duration timeout,
		Duration gracefulTimeout, Duration drainDelay, RestartPolicy restart, RecyclePolicy recycle,
		ReloadPolicy reload) {

	/**
	 * The share of a back-off by which it is raised at most, so that slots that failed
	 * together don't come back together.
	 */
	private static final double BACK_OFF_JITTER = 0.2;

	static Supervision from(Values values) {
		return new Supervision((int) values.number(SettingNames.SPARES), (int) values.number(SettingNames.SURGE),
				(int) values.number(SettingNames.MAX_UNAVAILABLE), values.duration(SettingNames.BOOT_TIMEOUT),
				values.duration(SettingNames.TIMEOUT), values.duration(SettingNames.GRACEFUL_TIMEOUT),
				values.duration(SettingNames.DRAIN_DELAY), restart(values), recycle(values),
				new ReloadPolicy(values.duration(SettingNames.RELOAD_CANARY),
						values.fraction(SettingNames.RELOAD_MAX_ERROR_RATE),
						values.duration(SettingNames.RELOAD_TIMEOUT)));
	}

	/**
	 * The same for a number of workers.
	 * @param workers the number that was decided upon
	 * @param seed the seed of all jitter
	 * @return the supervisor's settings
	 */
	public SupervisorSettings with(int workers, long seed) {
		return new SupervisorSettings(workers, this.spares, this.surge, this.maxUnavailable, this.bootTimeout,
				this.timeout, this.gracefulTimeout, this.drainDelay, this.restart, this.recycle, this.reload, seed);
	}

	private static RestartPolicy restart(Values values) {
		return new RestartPolicy(values.duration(SettingNames.RESTART_INITIAL_DELAY),
				values.fraction(SettingNames.RESTART_MULTIPLIER), values.duration(SettingNames.RESTART_MAX_DELAY),
				BACK_OFF_JITTER, values.duration(SettingNames.RESTART_RESET_AFTER),
				values.duration(SettingNames.RESTART_GIVE_UP_AFTER));
	}

	private static RecyclePolicy recycle(Values values) {
		return new RecyclePolicy(values.number(SettingNames.MAX_REQUESTS),
				values.number(SettingNames.MAX_REQUESTS_JITTER), values.duration(SettingNames.MAX_AGE),
				values.duration(SettingNames.MAX_AGE_JITTER), values.number(SettingNames.MAX_RSS));
	}

}
