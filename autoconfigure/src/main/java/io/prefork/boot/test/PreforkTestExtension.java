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

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.AnnotatedClassFinder;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Starts the service of a {@link PreforkTest}, and stops it.
 */
final class PreforkTestExtension implements BeforeAllCallback, ParameterResolver, ExecutionCondition {

	private static final Namespace NAMESPACE = Namespace.create(PreforkTestExtension.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return System.getProperty("os.name").equals("Linux")
				? ConditionEvaluationResult.enabled("An application can have workers here")
				: ConditionEvaluationResult.disabled("An application can have workers on Linux only");
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		service(context);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == TestedService.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return service(context);
	}

	/**
	 * The service of a test class, which the store closes after its last test.
	 * @param context the context of the class, or of a test in it
	 * @return the service
	 */
	private static TestedService service(ExtensionContext context) {
		Class<?> type = context.getRequiredTestClass();
		PreforkTest test = AnnotatedElementUtils.findMergedAnnotation(type, PreforkTest.class);
		if (test == null) {
			throw new IllegalStateException("%s is no @PreforkTest".formatted(type.getName()));
		}
		return context.getStore(NAMESPACE)
			.computeIfAbsent(TestedService.class, (key) -> TestedService.start(application(test, type), test),
					TestedService.class);
	}

	private static Class<?> application(PreforkTest test, Class<?> type) {
		if (test.application() != Void.class) {
			return test.application();
		}
		Class<?> found = new AnnotatedClassFinder(SpringBootConfiguration.class).findFromClass(type);
		if (found == null) {
			throw new IllegalStateException(
					"There is no @SpringBootApplication in the package of %s or above; name it with @PreforkTest(application = ...)"
						.formatted(type.getName()));
		}
		return found;
	}

}
