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

import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * The response to one request.
 *
 * @param status the status code
 * @param body the body as text
 * @param headers the headers
 * @param version the protocol spoken
 */
public record HttpReply(int status, String body, HttpHeaders headers, Version version) {

	public Optional<String> header(String name) {
		return this.headers.firstValue(name);
	}

}
