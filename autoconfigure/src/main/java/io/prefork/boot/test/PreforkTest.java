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

package io.prefork.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class whose application runs as a service: a real master with real workers, each
 * a JVM of its own, on the class path of the tests and a free port. It is started once
 * for the class, and stopped after its last test; test methods, and the constructor, may
 * have a parameter of type {@link TestedService}. Only on Linux: elsewhere the
 * application can't have workers, and the class is skipped.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(PreforkTestExtension.class)
public @interface PreforkTest {

	/**
	 * The class with the {@code main} method.
	 * @return the class; by default the
	 * {@link org.springframework.boot.SpringBootConfiguration} in the package of the test
	 * or above
	 */
	Class<?> application() default Void.class;

	/**
	 * The number of workers.
	 * @return how many, at least 1
	 */
	int workers() default 2;

	/**
	 * Properties of the application, as {@code name=value}.
	 * @return the properties
	 */
	String[] properties() default {};

}
