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

package io.prefork.boot.work;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.blockhound.BlockHound;

import io.prefork.boot.liveness.Culprit;

/**
 * BlockHound as it is wanted here. Apart, since it may not be on the class path.
 */
final class BlockHoundInstallation {

	private static final Log logger = LogFactory.getLog(BlockingDetection.class);

	private static final int MOST = 1000;

	private static final Set<String> reported = ConcurrentHashMap.newKeySet();

	private BlockHoundInstallation() {
	}

	static void install(boolean fails) {
		BlockHound.Builder builder = BlockHound.builder().loadIntegrations();
		if (!fails) {
			builder = builder.blockingMethodCallback((method) -> report(method.toString()));
		}
		builder.install();
	}

	/**
	 * Log a call, each place once.
	 * @param method the method that blocks
	 */
	private static void report(String method) {
		Throwable stack = new Throwable(method + " on thread " + Thread.currentThread().getName());
		String place = method + Culprit.in(stack.getStackTrace());
		if (reported.size() < MOST && reported.add(place)) {
			logger.warn("A call blocks where nothing may block: " + place, stack);
		}
	}

}
