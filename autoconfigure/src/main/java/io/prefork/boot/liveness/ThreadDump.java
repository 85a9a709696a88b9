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

package io.prefork.boot.liveness;

import java.lang.management.ManagementFactory;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What all threads of this process do, as text: what {@code jcmd Thread.print -l} says,
 * with locks and deadlocks.
 */
public final class ThreadDump {

	private ThreadDump() {
	}

	/**
	 * Take a dump.
	 * @return the dump, or why there is none
	 */
	public static String take() {
		try {
			return (String) ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "threadPrint",
						new Object[] { new String[] { "-l" } }, new String[] { String[].class.getName() });
		}
		catch (JMException ex) {
			return "This JVM can't print its threads: " + ex;
		}
	}

}
