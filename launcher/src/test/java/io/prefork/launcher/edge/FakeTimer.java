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

package io.prefork.launcher.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A timer whose time passes when the test says so.
 */
public final class FakeTimer implements BiConsumer<Duration, Runnable> {

	private final List<Alarm> alarms = new ArrayList<>();

	private Duration now = Duration.ZERO;

	@Override
	public void accept(Duration delay, Runnable task) {
		this.alarms.add(new Alarm(this.now.plus(delay), task));
	}

	/**
	 * Let time pass.
	 * @param time how much
	 */
	public void pass(Duration time) {
		this.now = this.now.plus(time);
		List<Alarm> due = this.alarms.stream().filter((alarm) -> alarm.at.compareTo(this.now) <= 0).toList();
		this.alarms.removeAll(due);
		due.forEach((alarm) -> alarm.task.run());
	}

	/**
	 * What is to be run.
	 *
	 * @param at when
	 * @param task what
	 */
	private record Alarm(Duration at, Runnable task) {

	}

}
