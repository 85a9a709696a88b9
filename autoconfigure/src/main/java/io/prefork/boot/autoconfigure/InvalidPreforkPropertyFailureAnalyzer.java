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

package io.prefork.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains an {@link InvalidPreforkPropertyException}. Goes before Boot's analyzer of
 * bind failures, which would say less.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class InvalidPreforkPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPreforkPropertyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidPreforkPropertyException cause) {
		StringBuilder description = new StringBuilder("Invalid value for a property of prefork:%n".formatted());
		description.append("%n    Property: %s".formatted(cause.getProperty()));
		description.append("%n    Value: \"%s\"".formatted(cause.getValue()));
		if (cause.getOrigin() != null) {
			description.append("%n    Origin: %s".formatted(cause.getOrigin()));
		}
		description.append("%n    Reason: %s%n".formatted(cause.getReason()));
		return new FailureAnalysis(description.toString(),
				"Correct the value of '%s'; it %s.".formatted(cause.getProperty(), cause.getReason()), cause);
	}

}
