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

package io.prefork.launcher.config;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.Setting;

/**
 * Where the master keeps its files.
 *
 * @param runDir the directory for the control socket; {@code null} for one in the runtime
 * directory
 * @param pidFile the file for the master's process id; {@code null} for none
 */
public record FileSettings(@Nullable Path runDir, @Nullable Path pidFile) {

	static FileSettings from(Values values) {
		return new FileSettings(values.path(Setting.RUN_DIR), values.path(Setting.PID_FILE));
	}

}
