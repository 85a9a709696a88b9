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

package io.prefork.sample.it.support;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Services that tests share, whatever class they are in: those that ask for the same one
 * get the same one, as it was after its start, but for its past. Each has two workers.
 */
public final class SharedServices implements AutoCloseable {

	private static final int WORKERS = 2;

	private final Map<String, PreforkService> services = new LinkedHashMap<>();

	SharedServices() {
	}

	/**
	 * The service that most tests can do with: HTTP/2, faults on demand, reloads without
	 * a canary.
	 * @param args more arguments of the application
	 * @return the service, with all its workers ready and no other process
	 */
	public PreforkService standard(String... args) {
		return get(PreforkService.builder()
			.args("--prefork.workers=" + WORKERS, "--prefork.graceful-timeout=8s", "--prefork.reload.canary=0",
					"--prefork.restart.initial-delay=100ms", "--prefork.restart.max-delay=1s",
					"--server.http2.enabled=true", "--sample.faults.enabled=true",
					"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m")
			.args(args));
	}

	/**
	 * The service with its actuator open to everybody for everything.
	 * @return the service, see {@link #standard}
	 */
	public PreforkService operated() {
		return standard("--management.endpoints.web.exposure.include=*",
				"--management.endpoint.workers.access=unrestricted", "--management.endpoint.reload.access=unrestricted",
				"--management.endpoint.health.show-details=always", "--prefork.stall-threshold=300ms");
	}

	private PreforkService get(PreforkServiceBuilder builder) {
		String key = String.join(" ", builder.commandLine());
		PreforkService service = this.services.get(key);
		if (service == null || !service.isAlive()) {
			service = builder.start().awaitReady();
			PreforkService dead = this.services.put(key, service);
			if (dead != null) {
				dead.close();
			}
		}
		restore(service);
		return service;
	}

	/**
	 * End all services, because nobody knows in which state a test has left the one that
	 * it used.
	 */
	@Override
	public void close() {
		this.services.values().forEach(PreforkService::close);
		this.services.clear();
	}

	private static void restore(PreforkService service) {
		for (int workers = service.workers(); workers != WORKERS; workers = service.workers()) {
			int next = workers + Integer.signum(WORKERS - workers);
			service.awaitLine(service.signal((next > workers) ? "TTIN" : "TTOU"),
					"scaling from \\d+ to " + next + " workers?");
		}
		service.awaitReadySlots(WORKERS);
		service.awaitProcesses(WORKERS);
	}

}
