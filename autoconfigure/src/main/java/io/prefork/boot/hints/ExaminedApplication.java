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

import java.util.List;
import java.util.stream.Stream;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * An application that is looked through, with classes that may not be there.
 *
 * @param context its context, which has been refreshed
 */
record ExaminedApplication(ConfigurableApplicationContext context) {

	/**
	 * Whether there is a bean of a class.
	 * @param type the name of the class
	 * @return {@code false} also if there is no such class
	 */
	boolean has(String type) {
		return !names(type).isEmpty();
	}

	/**
	 * The names of beans of a class.
	 * @param type the name of the class
	 * @return the names; none if there is no such class
	 */
	List<String> names(String type) {
		try {
			Class<?> found = ClassUtils.forName(type, this.context.getClassLoader());
			return List.of(this.context.getBeanNamesForType(found, true, false));
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return List.of();
		}
	}

	/**
	 * Stream the beans of a class that have been created.
	 * @param type the class
	 * @param <T> the class
	 * @return the beans
	 */
	<T> Stream<T> created(Class<T> type) {
		return Stream.of(this.context.getBeanNamesForType(type, false, false))
			.map((name) -> this.context.getBeanFactory().getSingleton(name))
			.filter(type::isInstance)
			.map(type::cast);
	}

	String property(String name) {
		return this.context.getEnvironment().getProperty(name, "");
	}

	ConfigurableEnvironment environment() {
		return this.context.getEnvironment();
	}

}
