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

package io.prefork.boot.environment;

import java.util.HashMap;
import java.util.Map;

import org.springframework.core.env.MapPropertySource;

import io.prefork.boot.environment.Budgets.Share;

/**
 * The shares of a worker as properties.
 */
final class BudgetPropertySource extends MapPropertySource {

	private final Map<String, Share> shares;

	BudgetPropertySource(Map<String, Share> shares) {
		super("preforkBudgets", values(shares));
		this.shares = shares;
	}

	Map<String, Share> shares() {
		return this.shares;
	}

	private static Map<String, Object> values(Map<String, Share> shares) {
		Map<String, Object> values = new HashMap<>();
		shares.forEach((name, share) -> values.put(name, share.share()));
		return values;
	}

}
