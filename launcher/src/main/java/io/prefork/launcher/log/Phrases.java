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

package io.prefork.launcher.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The words for each kind of a sealed type.
 *
 * @param <T> the type
 */
final class Phrases<T> {

	private final Map<Class<?>, Function<T, String>> byKind = new HashMap<>();

	<K extends T> Phrases<T> say(Class<K> kind, Function<K, String> words) {
		this.byKind.put(kind, (what) -> words.apply(kind.cast(what)));
		return this;
	}

	/**
	 * The kinds for which there are words.
	 * @return the kinds, all of the type
	 */
	Set<Class<?>> kinds() {
		return this.byKind.keySet();
	}

	String of(T what) {
		Function<T, String> words = this.byKind.get(what.getClass());
		return (words != null) ? words.apply(what) : what.toString();
	}

}
