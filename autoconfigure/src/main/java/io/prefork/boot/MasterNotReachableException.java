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

package io.prefork.boot;

import java.io.IOException;
import java.io.Serial;

import io.prefork.contract.WorkerIdentity;

/**
 * This process was told that it is a worker, but its master does not answer.
 */
final class MasterNotReachableException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	MasterNotReachableException(WorkerIdentity identity, IOException cause) {
		super("%s can't reach its master at %s".formatted(identity, identity.socket()), cause);
	}

}
