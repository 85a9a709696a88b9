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
import io.prefork.contract.Training;

/**
 * How the start of workers is made cheaper.
 *
 * @param enabled whether that is done
 * @param expected whether it should be said aloud if it can't be done
 * @param training how the archive of classes is made
 * @param waits whether the first worker waits for the archive
 * @param cache where archives are kept; {@code null} for the cache directory of the user
 */
public record PreloadSettings(boolean enabled, boolean expected, Training training, boolean waits,
		@Nullable Path cache) {

	/**
	 * The same where there is nothing else to do.
	 * @return settings with which it is done at once, and said if it can't be done
	 */
	public PreloadSettings required() {
		return new PreloadSettings(true, true, this.training, true, this.cache);
	}

	static PreloadSettings from(Values values) {
		String enabled = values.text(Setting.PRELOAD_ENABLED);
		return new PreloadSettings(!enabled.equals("false"), enabled.equals("true"),
				values.constant(Setting.PRELOAD_TRAINING, Training.class), values.flag(Setting.PRELOAD_WAIT),
				values.path(Setting.PRELOAD_CACHE_DIR));
	}

}
