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
 * How the archive of an application's classes is made.
 */
public enum Training {

	/**
	 * The application is started until its context has been refreshed, and ends before
	 * anything runs or listens.
	 */
	REFRESH,

	/**
	 * The application is started as one process on a port of its own, answers the
	 * requests that warm workers up, and ends.
	 */
	REQUESTS,

	/**
	 * Not at all; one that is there already is used.
	 */
	OFF

}
