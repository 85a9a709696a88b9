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

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * Answers with problem details (RFC 9457), which the actuator does not give by itself.
 */
public final class Problems {

	private Problems() {
	}

	/**
	 * Create an answer.
	 * @param status its status
	 * @param detail what is wrong
	 * @return the answer
	 */
	public static WebEndpointResponse<Object> of(HttpStatus status, String detail) {
		return new WebEndpointResponse<>(ProblemDetail.forStatusAndDetail(status, detail), status.value(),
				MediaType.APPLICATION_PROBLEM_JSON);
	}

}
