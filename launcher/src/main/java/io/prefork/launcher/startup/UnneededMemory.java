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

import java.lang.management.ManagementFactory;

import javax.management.JMException;
import javax.management.ObjectName;

import com.sun.management.HotSpotDiagnosticMXBean;

/**
 * What the first JVM has taken to find out the settings, and does not need as a master.
 */
public final class UnneededMemory {

	private static final String[] NO_SIGNATURE = {};

	private static final Object[] NO_ARGUMENTS = {};

	private UnneededMemory() {
	}

	/**
	 * Give it back to the system, as far as this JVM can: the free part of the heap, and
	 * that of the C library's heap, see malloc_trim(3). Takes some tens of milliseconds.
	 */
	public static void giveBack() {
		HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		try {
			// The smaller one first: it must never be above the other.
			options.setVMOption("MinHeapFreeRatio", "10");
			options.setVMOption("MaxHeapFreeRatio", "20");
			System.gc();
			ManagementFactory.getPlatformMBeanServer()
				.invoke(ObjectName.getInstance("com.sun.management:type=DiagnosticCommand"), "systemTrimNativeHeap",
						NO_ARGUMENTS, NO_SIGNATURE);
		}
		catch (JMException | RuntimeException ex) {
			// An older JVM has no such command, another collector no such options.
		}
	}

}
