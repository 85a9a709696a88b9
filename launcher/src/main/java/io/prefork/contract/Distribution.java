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
 * How connections reach the workers.
 */
public enum Distribution {

	/**
	 * All workers accept from one socket that the master owns.
	 */
	SHARED,

	/**
	 * Each slot has a socket of its own on the same port (SO_REUSEPORT, see socket(7)),
	 * which the master owns and gives to the slot's workers; the kernel chooses.
	 */
	REUSEPORT,

	/**
	 * The master accepts and passes each connection to a worker of its choice.
	 */
	DISPATCH

}
