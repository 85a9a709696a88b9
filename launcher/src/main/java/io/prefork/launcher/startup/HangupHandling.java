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

package io.prefork.launcher.startup;

import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.process.IgnoredHangup;

/**
 * Lets HUP mean a reload also when the service was started by nohup(1).
 */
public final class HangupHandling {

	private HangupHandling() {
	}

	/**
	 * Do what can be done in this JVM; the log says what to do if nothing can. To be
	 * called before the signal is handled.
	 * @param log the log
	 * @return whether the service has to outlive its terminal
	 */
	public static boolean prepare(MasterLog log) {
		boolean ignored = IgnoredHangup.isSet();
		if (ignored) {
			try {
				IgnoredHangup.end();
			}
			catch (ReflectiveOperationException | RuntimeException ex) {
				log.warn(
						("HUP does not reload: nohup lets this process ignore it, and this JVM can't change that (%s); "
								+ "reload by POST /actuator/reload, or start with setsid instead of nohup")
							.formatted(ex.getMessage()));
			}
		}
		return ignored;
	}

}
