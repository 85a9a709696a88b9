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

package io.prefork.boot.actuate;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

import io.prefork.boot.lifecycle.WorkerRuntime;

/**
 * Says which worker has answered.
 */
public class WorkerInfoContributor implements InfoContributor {

	private final @Nullable WorkerRuntime worker;

	/**
	 * Create a contributor.
	 * @param worker this worker; {@code null} if the process is not one
	 */
	public WorkerInfoContributor(@Nullable WorkerRuntime worker) {
		this.worker = worker;
	}

	@Override
	public void contribute(Info.Builder builder) {
		WorkerRuntime worker = this.worker;
		if (worker != null) {
			builder.withDetail("worker", Map.of("slot", worker.slot(), "generation", worker.identity().generation(),
					"pid", ProcessHandle.current().pid()));
		}
	}

}
