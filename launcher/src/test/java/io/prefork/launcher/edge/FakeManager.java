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

package io.prefork.launcher.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A service manager that remembers what it was told.
 */
public final class FakeManager implements NotifyEdge {

	private final List<String> told = new ArrayList<>();

	@Override
	public void ready(String status) {
		this.told.add("ready: " + status);
	}

	@Override
	public void reloading(String status) {
		this.told.add("reloading: " + status);
	}

	@Override
	public void stopping(String status, Duration longest) {
		this.told.add("stopping: " + status);
	}

	@Override
	public void status(String status) {
		this.told.add(status);
	}

	@Override
	public void mainPid(long pid) {
		this.told.add("main pid " + pid);
	}

	@Override
	public @Nullable Duration signOfLife() {
		return null;
	}

	@Override
	public void close() {
		this.told.add("closed");
	}

	public List<String> told() {
		return this.told;
	}

}
