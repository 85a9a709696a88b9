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

package io.prefork.sample.it.support;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.netty.channel.uring.IoUring;

/**
 * Netty's io_uring transport, as a user adds it to an application.
 */
public final class IoUringJars {

	private IoUringJars() {
	}

	/**
	 * The jar with the classes alone.
	 * @return the jar
	 */
	public static Path classes() {
		return Jars.of(IoUring.class);
	}

	/**
	 * All jars, those with native libraries included.
	 * @return the jars
	 */
	public static List<Path> all() {
		List<Path> jars = new ArrayList<>(List.of(classes()));
		for (String architecture : List.of("x86_64", "aarch_64")) {
			String library = "META-INF/native/libnetty_transport_native_io_uring42_%s.so".formatted(architecture);
			URL url = Objects.requireNonNull(IoUringJars.class.getClassLoader().getResource(library), library);
			jars.add(Path.of(URI.create(url.getPath().substring(0, url.getPath().indexOf('!')))));
		}
		return jars;
	}

}
