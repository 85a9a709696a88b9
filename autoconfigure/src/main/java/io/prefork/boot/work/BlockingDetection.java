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

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds calls that block where nothing may block, with BlockHound. It takes time from
 * each such call and can't do with an archive of classes, so it is for tests and for
 * looking into something.
 */
public enum BlockingDetection {

	/**
	 * Does not look.
	 */
	OFF,

	/**
	 * Logs a call that blocks.
	 */
	REPORT,

	/**
	 * Lets a call that blocks fail.
	 */
	FAIL;

	private static final Log logger = LogFactory.getLog(BlockingDetection.class);

	private static final String BLOCK_HOUND = "reactor.blockhound.BlockHound";

	/**
	 * What a JVM needs for it: classes of the JDK are changed after they were loaded. The
	 * first option is gone after Java 25.
	 * @return options for the JVM of a worker
	 */
	public List<String> jvmOptions() {
		return (this != OFF) ? List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+AllowRedefinitionToAddDeleteMethods",
				"-XX:+EnableDynamicAgentLoading") : List.of();
	}

	/**
	 * Begin to look.
	 */
	public void begin() {
		if (this == OFF) {
			return;
		}
		if (!ClassUtils.isPresent(BLOCK_HOUND, BlockingDetection.class.getClassLoader())) {
			logger.warn("prefork.blocking-detection needs BlockHound: add io.projectreactor.tools:blockhound");
			return;
		}
		try {
			BlockHoundInstallation.install(this == FAIL);
		}
		catch (RuntimeException | LinkageError ex) {
			logger.warn("prefork.blocking-detection does not go with this JVM", ex);
		}
	}

}
