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

package io.prefork.launcher.supervisor;

import org.jspecify.annotations.Nullable;

/**
 * Who does what only one worker may do. Immutable.
 *
 * @param leader the worker that runs what must run once at a time; {@code null} if nobody
 * does
 * @param initializer the worker that does what has to be done once, until it is ready;
 * {@code null} if nobody does
 * @param initialized the last generation for which that has been done, {@value #NEVER} or
 * {@value #BY_OLD_MASTER}
 */
public record Roles(@Nullable WorkerId leader, @Nullable WorkerId initializer, int initialized) {

	static final Roles NONE = new Roles(null, null, Roles.NEVER);

	/**
	 * Nothing has been done for this service.
	 */
	static final int NEVER = 0;

	/**
	 * What has to be done once was done before this master took over.
	 */
	static final int BY_OLD_MASTER = -1;

	Roles leader(@Nullable WorkerId leader) {
		return new Roles(leader, this.initializer, this.initialized);
	}

	Roles initializer(@Nullable WorkerId initializer) {
		return new Roles(this.leader, initializer, this.initialized);
	}

	Roles initialized(int generation) {
		return new Roles(this.leader, null, generation);
	}

	/**
	 * Whether the next worker of a generation has to do what has to be done once.
	 * @param generation the generation
	 * @return {@code false} if that has been done, or somebody does it
	 */
	boolean needInitializer(Generation generation) {
		boolean due = generation.settings().initialization().perGeneration() ? generation.number() > this.initialized
				: this.initialized == NEVER;
		return due && this.initializer == null;
	}

}
