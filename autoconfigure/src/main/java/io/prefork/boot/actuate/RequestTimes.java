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

import reactor.core.publisher.Mono;

/**
 * Knows how long requests take.
 */
@FunctionalInterface
public interface RequestTimes {

	/**
	 * What all workers have answered up to now.
	 * @return the requests and their times; never empty
	 */
	Mono<Served> served();

	/**
	 * Requests that were answered.
	 *
	 * @param requests how many
	 * @param seconds how long they have taken together
	 */
	record Served(double requests, double seconds) {

		/**
		 * No request.
		 */
		public static final Served NONE = new Served(0, 0);

		/**
		 * Leave some out.
		 * @param others those
		 * @return the others
		 */
		public Served minus(Served others) {
			return new Served(this.requests - others.requests, this.seconds - others.seconds);
		}

	}

}
