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

package io.prefork.contract;

/**
 * The settings of a service, each a property of the application below {@code prefork}.
 * Their meaning is that of the property, which is documented at the class that it is
 * bound to; a test compares the two lists.
 */
public enum Setting {

	/**
	 * {@code prefork.workers}.
	 */
	WORKERS("workers"),

	/**
	 * {@code prefork.enabled}.
	 */
	ENABLED("enabled"),

	/**
	 * {@code prefork.profile}.
	 */
	PROFILE("profile"),

	/**
	 * {@code prefork.blocking-detection}.
	 */
	BLOCKING_DETECTION("blocking-detection"),

	/**
	 * {@code prefork.worker-class}.
	 */
	WORKER_CLASS("worker-class"),

	/**
	 * {@code prefork.threads}.
	 */
	THREADS("threads"),

	/**
	 * {@code prefork.request-queue}.
	 */
	REQUEST_QUEUE("request-queue"),

	/**
	 * {@code prefork.request-timeout}.
	 */
	REQUEST_TIMEOUT("request-timeout"),

	/**
	 * {@code prefork.keep-alive}.
	 */
	KEEP_ALIVE("keep-alive"),

	/**
	 * {@code prefork.offload.threads}.
	 */
	OFFLOAD_THREADS("offload.threads"),

	/**
	 * {@code prefork.offload.queue}.
	 */
	OFFLOAD_QUEUE("offload.queue"),

	/**
	 * {@code prefork.event-loops}.
	 */
	EVENT_LOOPS("event-loops"),

	/**
	 * {@code prefork.transport}.
	 */
	TRANSPORT("transport"),

	/**
	 * {@code prefork.distribution}.
	 */
	DISTRIBUTION("distribution"),

	/**
	 * {@code prefork.dispatch-strategy}.
	 */
	DISPATCH_STRATEGY("dispatch-strategy"),

	/**
	 * {@code prefork.bind}.
	 */
	BIND("bind"),

	/**
	 * {@code prefork.backlog}.
	 */
	BACKLOG("backlog"),

	/**
	 * {@code prefork.worker-connections}.
	 */
	WORKER_CONNECTIONS("worker-connections"),

	/**
	 * {@code prefork.slow-start}.
	 */
	SLOW_START("slow-start"),

	/**
	 * {@code prefork.boot-timeout}.
	 */
	BOOT_TIMEOUT("boot-timeout"),

	/**
	 * {@code prefork.timeout}.
	 */
	TIMEOUT("timeout"),

	/**
	 * {@code prefork.stall-threshold}.
	 */
	STALL_THRESHOLD("stall-threshold"),

	/**
	 * {@code prefork.graceful-timeout}.
	 */
	GRACEFUL_TIMEOUT("graceful-timeout"),

	/**
	 * {@code prefork.drain-delay}.
	 */
	DRAIN_DELAY("drain-delay"),

	/**
	 * {@code prefork.max-requests}.
	 */
	MAX_REQUESTS("max-requests"),

	/**
	 * {@code prefork.max-requests-jitter}.
	 */
	MAX_REQUESTS_JITTER("max-requests-jitter"),

	/**
	 * {@code prefork.max-age}.
	 */
	MAX_AGE("max-age"),

	/**
	 * {@code prefork.max-age-jitter}.
	 */
	MAX_AGE_JITTER("max-age-jitter"),

	/**
	 * {@code prefork.max-rss}.
	 */
	MAX_RSS("max-rss"),

	/**
	 * {@code prefork.surge}.
	 */
	SURGE("surge"),

	/**
	 * {@code prefork.max-unavailable}.
	 */
	MAX_UNAVAILABLE("max-unavailable"),

	/**
	 * {@code prefork.spares}.
	 */
	SPARES("spares"),

	/**
	 * {@code prefork.restart.initial-delay}.
	 */
	RESTART_INITIAL_DELAY("restart.initial-delay"),

	/**
	 * {@code prefork.restart.multiplier}.
	 */
	RESTART_MULTIPLIER("restart.multiplier"),

	/**
	 * {@code prefork.restart.max-delay}.
	 */
	RESTART_MAX_DELAY("restart.max-delay"),

	/**
	 * {@code prefork.restart.reset-after}.
	 */
	RESTART_RESET_AFTER("restart.reset-after"),

	/**
	 * {@code prefork.restart.give-up-after}.
	 */
	RESTART_GIVE_UP_AFTER("restart.give-up-after"),

	/**
	 * {@code prefork.reload.canary}.
	 */
	RELOAD_CANARY("reload.canary"),

	/**
	 * {@code prefork.reload.max-error-rate}.
	 */
	RELOAD_MAX_ERROR_RATE("reload.max-error-rate"),

	/**
	 * {@code prefork.reload.timeout}.
	 */
	RELOAD_TIMEOUT("reload.timeout"),

	/**
	 * {@code prefork.probe}.
	 */
	PROBE("probe"),

	/**
	 * {@code prefork.snapshot}.
	 */
	SNAPSHOT("snapshot"),

	/**
	 * {@code prefork.preload.enabled}.
	 */
	PRELOAD_ENABLED("preload.enabled"),

	/**
	 * {@code prefork.preload.training}.
	 */
	PRELOAD_TRAINING("preload.training"),

	/**
	 * {@code prefork.preload.wait}.
	 */
	PRELOAD_WAIT("preload.wait"),

	/**
	 * {@code prefork.preload.warmup}.
	 */
	PRELOAD_WARMUP("preload.warmup"),

	/**
	 * {@code prefork.preload.learn}.
	 */
	PRELOAD_LEARN("preload.learn"),

	/**
	 * {@code prefork.preload.warmup-limit}.
	 */
	PRELOAD_WARMUP_LIMIT("preload.warmup-limit"),

	/**
	 * {@code prefork.preload.cache-dir}.
	 */
	PRELOAD_CACHE_DIR("preload.cache-dir"),

	/**
	 * {@code prefork.jvm.options}.
	 */
	JVM_OPTIONS("jvm.options"),

	/**
	 * {@code prefork.jvm.options-inherit}.
	 */
	JVM_OPTIONS_INHERIT("jvm.options-inherit"),

	/**
	 * {@code prefork.jvm.heap}.
	 */
	JVM_HEAP("jvm.heap"),

	/**
	 * {@code prefork.jvm.memory-fraction}.
	 */
	JVM_MEMORY_FRACTION("jvm.memory-fraction"),

	/**
	 * {@code prefork.jvm.java-home}.
	 */
	JVM_JAVA_HOME("jvm.java-home"),

	/**
	 * {@code prefork.budgets}.
	 */
	BUDGETS("budgets"),

	/**
	 * {@code prefork.hints}.
	 */
	HINTS("hints"),

	/**
	 * {@code prefork.leader.scheduling}.
	 */
	LEADER_SCHEDULING("leader.scheduling"),

	/**
	 * {@code prefork.initializer.scope}.
	 */
	INITIALIZER_SCOPE("initializer.scope"),

	/**
	 * {@code prefork.initializer.alone}.
	 */
	INITIALIZER_ALONE("initializer.alone"),

	/**
	 * {@code prefork.run-dir}.
	 */
	RUN_DIR("run-dir"),

	/**
	 * {@code prefork.on-master-loss}.
	 */
	ON_MASTER_LOSS("on-master-loss"),

	/**
	 * {@code prefork.pid-file}.
	 */
	PID_FILE("pid-file"),

	/**
	 * {@code prefork.metrics.aggregate}.
	 */
	METRICS_AGGREGATE("metrics.aggregate"),

	/**
	 * {@code prefork.dashboard.enabled}.
	 */
	DASHBOARD_ENABLED("dashboard.enabled");

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
