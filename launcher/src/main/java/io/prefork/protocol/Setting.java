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

package io.prefork.protocol;

/**
 * The settings of a service, each a property of the application below {@code prefork}.
 * Their meaning is that of the property, which is documented at the class that it is
 * bound to; a test compares the two lists.
 */
public enum Setting {

	WORKERS("workers"),

	ENABLED("enabled"),

	EVENT_LOOPS("event-loops"),

	TRANSPORT("transport"),

	DISTRIBUTION("distribution"),

	DISPATCH_STRATEGY("dispatch-strategy"),

	BIND("bind"),

	BACKLOG("backlog"),

	WORKER_CONNECTIONS("worker-connections"),

	BOOT_TIMEOUT("boot-timeout"),

	TIMEOUT("timeout"),

	STALL_THRESHOLD("stall-threshold"),

	GRACEFUL_TIMEOUT("graceful-timeout"),

	DRAIN_DELAY("drain-delay"),

	MAX_REQUESTS("max-requests"),

	MAX_REQUESTS_JITTER("max-requests-jitter"),

	MAX_AGE("max-age"),

	MAX_AGE_JITTER("max-age-jitter"),

	MAX_RSS("max-rss"),

	SURGE("surge"),

	MAX_UNAVAILABLE("max-unavailable"),

	SPARES("spares"),

	RESTART_INITIAL_DELAY("restart.initial-delay"),

	RESTART_MULTIPLIER("restart.multiplier"),

	RESTART_MAX_DELAY("restart.max-delay"),

	RESTART_RESET_AFTER("restart.reset-after"),

	RESTART_GIVE_UP_AFTER("restart.give-up-after"),

	RELOAD_CANARY("reload.canary"),

	RELOAD_MAX_ERROR_RATE("reload.max-error-rate"),

	RELOAD_TIMEOUT("reload.timeout"),

	PROBE("probe"),

	SNAPSHOT("snapshot"),

	JVM_OPTIONS("jvm.options"),

	JVM_JAVA_HOME("jvm.java-home"),

	RUN_DIR("run-dir"),

	ON_MASTER_LOSS("on-master-loss"),

	PID_FILE("pid-file");

	private final String label;

	Setting(String label) {
		this.label = label;
	}

	/**
	 * The name of the property without {@code prefork.}, which is its name on the command
	 * line and in what the application reports.
	 * @return the name
	 */
	public String label() {
		return this.label;
	}

	/**
	 * The name of the property.
	 * @return the name
	 */
	public String property() {
		return "prefork." + this.label;
	}

}
