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

package io.prefork.launcher.supervisor;

import java.util.Comparator;

/**
 * Identifies one worker for all time.
 *
 * @param slot the worker's slot, from 0
 * @param incarnation the worker's number within its slot, from 1
 */
public record WorkerId(int slot, int incarnation) implements Comparable<WorkerId> {

	private static final Comparator<WorkerId> ORDER = Comparator.comparingInt(WorkerId::slot)
		.thenComparingInt(WorkerId::incarnation);

	@Override
	public int compareTo(WorkerId other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.slot + "." + this.incarnation;
	}

}
