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

package io.prefork.launcher.directory;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Something that others look for by its name in the run directory.
 */
@FunctionalInterface
public interface Belonging {

	/**
	 * Make it again if it is not there. A thread at a time.
	 * @param directory the run directory, which need not be the one where it was before
	 * @return whether it was gone
	 * @throws IOException if it can't be made
	 */
	boolean restore(Path directory) throws IOException;

}
