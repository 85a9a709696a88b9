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

package io.prefork.boot.dashboard;

import java.util.Map;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Says which endpoints are not there that the operator page needs: an endpoint has to be
 * exposed, however much the page is wanted.
 */
public final class DashboardCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(DashboardCheck.class);

	private final Map<String, ? extends ObjectProvider<?>> needed;

	/**
	 * Create a check.
	 * @param needed the endpoints by their ids
	 */
	public DashboardCheck(Map<String, ? extends ObjectProvider<?>> needed) {
		this.needed = needed;
	}

	@Override
	public void afterSingletonsInstantiated() {
		String missing = this.needed.entrySet()
			.stream()
			.filter((endpoint) -> endpoint.getValue().stream().findAny().isEmpty())
			.map(Map.Entry::getKey)
			.collect(Collectors.joining(","));
		if (!missing.isEmpty() && logger.isWarnEnabled()) {
			logger.warn(("prefork.dashboard.enabled is true, but the operator page can't work: add %s to "
					+ "management.endpoints.web.exposure.include")
				.formatted(missing));
		}
	}

}
