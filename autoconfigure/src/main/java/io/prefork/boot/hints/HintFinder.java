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

package io.prefork.boot.hints;

import java.util.stream.Stream;

import io.prefork.status.Hint;

/**
 * Looks for one kind of thing.
 */
@FunctionalInterface
interface HintFinder {

	/**
	 * Look for it. Creates no bean, and opens no connection.
	 * @param application the application, whose context has been refreshed
	 * @return what was found
	 */
	Stream<Hint> find(ExaminedApplication application);

	/**
	 * What a finder answers that looks for one thing.
	 * @param found whether that is there
	 * @param topic what it is about, in one word
	 * @param finding what becomes of it
	 * @param remedy what to do about it
	 * @return a hint, or none
	 */
	static Stream<Hint> when(boolean found, String topic, String finding, String remedy) {
		return found ? Stream.of(new Hint(topic, finding, remedy)) : Stream.empty();
	}

}
