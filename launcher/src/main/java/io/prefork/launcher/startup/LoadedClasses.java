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

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import io.prefork.launcher.process.FirstJvm;

/**
 * Loads all classes that a master may ever need. They come from the application's jar,
 * and when somebody overwrites that in place, a class that is not loaded yet can't be
 * loaded any more: the master has to outlive that.
 */
public final class LoadedClasses {

	/**
	 * One class of each library that the master needs; some are not there in every
	 * application.
	 */
	private static final List<String> LIBRARIES = List.of("io.prefork.launcher.Master",
			"io.netty.util.concurrent.Promise", "io.netty.buffer.ByteBuf", "io.netty.resolver.NameResolver",
			"io.netty.handler.codec.ByteToMessageDecoder", "io.netty.channel.Channel",
			"io.netty.channel.unix.FileDescriptor", "io.netty.channel.epoll.Epoll", "org.slf4j.Logger",
			"org.slf4j.bridge.SLF4JBridgeHandler", "org.apache.commons.logging.Log", "ch.qos.logback.core.Appender",
			"ch.qos.logback.classic.Logger");

	/**
	 * Of the library that starts the master in the application only what opens log files.
	 */
	private static final String LOG_FILES = "io.prefork.boot.lifecycle.LogFiles";

	private static final String SUFFIX = ".class";

	private final ClassLoader loader;

	private LoadedClasses(ClassLoader loader) {
		this.loader = loader;
	}

	/**
	 * Load them on a thread in the background, unless nobody overwrites the jar they come
	 * from.
	 */
	public static void loadInBackground() {
		if (FirstJvm.isReplaced()) {
			return;
		}
		LoadedClasses classes = new LoadedClasses(LoadedClasses.class.getClassLoader());
		Thread thread = new Thread(() -> {
			LIBRARIES.forEach((example) -> classes.loadLibrary(example, ""));
			classes.loadLibrary(LOG_FILES, LOG_FILES.replace('.', '/'));
		}, "prefork-classes");
		thread.setDaemon(true);
		thread.start();
	}

	private void loadLibrary(String example, String prefix) {
		URL resource = this.loader.getResource(example.replace('.', '/') + SUFFIX);
		try {
			if (resource != null && resource.openConnection() instanceof JarURLConnection connection) {
				// A jar from the cache must stay open, others use it.
				JarFile jar = connection.getJarFile();
				// The whole list first: to load classes while a jar is locked is a
				// deadlock.
				List<String> entries = jar.stream()
					.map(JarEntry::getName)
					.filter((entry) -> entry.startsWith(prefix) && isClass(entry))
					.toList();
				entries.forEach(this::load);
			}
		}
		catch (IOException | IllegalStateException ex) {
			// What could be loaded is.
		}
	}

	private void load(String entry) {
		String name = entry.substring(0, entry.length() - SUFFIX.length()).replace('/', '.');
		try {
			Class.forName(name, false, this.loader);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			// It needs a library that is not there, so nobody uses it.
		}
	}

	private static boolean isClass(String entry) {
		return entry.endsWith(SUFFIX) && !entry.startsWith("META-INF/") && !entry.endsWith("-info.class");
	}

}
