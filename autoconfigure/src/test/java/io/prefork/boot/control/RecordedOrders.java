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

package io.prefork.boot.control;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.prefork.protocol.FromMaster;

/**
 * Remembers what the master wants.
 */
final class RecordedOrders implements FromMaster.OrderHandler {

	private final List<FromMaster> received = new CopyOnWriteArrayList<>();

	@Override
	public void accept(FromMaster.Accept message) {
		this.received.add(message);
	}

	@Override
	public void lead(FromMaster.Lead message) {
		this.received.add(message);
	}

	@Override
	public void drain(FromMaster.Drain message) {
		this.received.add(message);
	}

	@Override
	public void dump() {
		this.received.add(new FromMaster.Dump());
	}

	@Override
	public void reopenLogs() {
		this.received.add(new FromMaster.ReopenLogs());
	}

	List<FromMaster> received() {
		return this.received;
	}

}
