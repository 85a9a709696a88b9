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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import reactor.core.publisher.Mono;

import io.prefork.boot.control.ServiceRequests;
import io.prefork.status.ReloadStatus;

/**
 * Begins reloads and tells how they go, whichever worker is asked. To begin one needs
 * {@code management.endpoint.reload.access=unrestricted}.
 */
@WebEndpoint(id = "reload", defaultAccess = Access.READ_ONLY)
public class ReloadEndpoint {

	private final OperatorAnswers answers;

	/**
	 * Create an endpoint.
	 * @param service the way to the master; {@code null} if the process is not a worker
	 */
	public ReloadEndpoint(@Nullable ServiceRequests service) {
		this.answers = new OperatorAnswers(service);
	}

	/**
	 * Tell about the reload under way, or the last one.
	 * @return a {@link ReloadDescriptor}, or a problem
	 */
	@ReadOperation
	public Mono<WebEndpointResponse<Object>> reload() {
		return this.answers.ask(ServiceRequests::summary, (status) -> {
			ReloadStatus reload = status.reload();
			return OperatorAnswers.ok(new ReloadDescriptor(reload != null && reload.verdict() == null, reload));
		});
	}

	/**
	 * Begin a reload.
	 * @return a {@link BegunDescriptor}, or a problem
	 */
	@WriteOperation
	public Mono<WebEndpointResponse<Object>> begin() {
		return this.answers.ask(ServiceRequests::reload, (id) -> OperatorAnswers.accepted(new BegunDescriptor(id)));
	}

	/**
	 * A reload.
	 *
	 * @param running whether one is under way
	 * @param reload it, or the last one; {@code null} if there was none
	 */
	public record ReloadDescriptor(boolean running, @Nullable ReloadStatus reload) implements OperationResponseBody {

	}

	/**
	 * A reload that has begun.
	 *
	 * @param id the number of the new generation
	 */
	public record BegunDescriptor(int id) implements OperationResponseBody {

	}

}
