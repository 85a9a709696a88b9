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

package io.prefork.boot.admin;

import java.util.Map;
import java.util.concurrent.CompletionException;

import de.codecentric.boot.admin.client.registration.metadata.StartupDateMetadataContributor;

import io.prefork.boot.control.ServiceRequests;

/**
 * Tells Spring Boot Admin when the service was started, not when this worker was: all
 * workers register as one instance, and an instance that is a different one every few
 * seconds fills the server's journal.
 */
public final class ServiceStartup extends StartupDateMetadataContributor {

	private static final String STARTUP = "startup";

	private final ServiceRequests service;

	/**
	 * Create metadata.
	 * @param service the way to the master
	 */
	public ServiceStartup(ServiceRequests service) {
		this.service = service;
	}

	/**
	 * Ask the master, on the thread that registers.
	 * @return the time of its start; nothing if it does not answer
	 */
	@Override
	public Map<String, String> getMetadata() {
		try {
			return Map.of(STARTUP, this.service.summary().join().master().startedAt().toString());
		}
		catch (CompletionException ex) {
			return Map.of();
		}
	}

}
