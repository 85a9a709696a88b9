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

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.preload.KnownJars;
import io.prefork.launcher.process.CurrentJvm;
import io.prefork.launcher.process.FirstJvm;
import io.prefork.launcher.process.SmallJvm;

/**
 * The first JVM was given the memory and the threads that the application needs, and will
 * be a master that needs little. If the same jar was a service before, the JVM is
 * replaced by a small one that runs the extracted application, in the same process.
 */
public final class SmallMaster {

	private static final String DEBUGGER = "jdwp";

	private SmallMaster() {
	}

	/**
	 * Whether this JVM could become one.
	 * @return {@code false} if it can't be replaced, or was
	 */
	public static boolean isPossible() {
		return FirstJvm.isReplaceable();
	}

	/**
	 * Become a small master, if it is known that this will be one; to be called before
	 * anything has been done.
	 * @param arguments the application's arguments
	 * @param cache where the user wants the cache, or {@code null} if that is not known
	 * yet
	 */
	public static void become(List<String> arguments, @Nullable Path cache) {
		try {
			JavaCommand first = CurrentJvm.command(arguments);
			JavaCommand small = KnownJars.extracted(SmallJvm.master(first), cache);
			if (small != null && first.options().stream().noneMatch((option) -> option.contains(DEBUGGER))) {
				FirstJvm.replace(small);
			}
		}
		catch (StartupException | ReflectiveOperationException ex) {
			// It is a large one, as it would be in an older JVM.
		}
	}

	/**
	 * This JVM turns out to be no master: if it was made small it is started again with
	 * the options of the user, and will not be made small the next time.
	 * @param arguments the application's arguments
	 * @param cache where the user wants the cache, or {@code null}
	 */
	public static void undo(List<String> arguments, @Nullable Path cache) {
		if (FirstJvm.isReplaced()) {
			KnownJars.forget(Path.of(CurrentJvm.command(arguments).launch().get(1)), cache);
			try {
				FirstJvm.restore();
			}
			catch (ReflectiveOperationException ex) {
				new MasterLog().warn("the JVM can't be replaced by one with the options it was started with: " + ex);
			}
		}
	}

}
