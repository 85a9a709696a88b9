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

package io.prefork.boot;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

import io.netty.channel.epoll.Epoll;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.core.NativeDetector;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.prefork.boot.autoconfigure.PreforkProperties.Enabled;

/**
 * Finds out why this application has to stay one ordinary process, if it has to.
 */
final class OneProcessReason {

	private static final String NETTY_SERVER = "org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory";

	private static final String DEVTOOLS = "org.springframework.boot.devtools.restart.Restarter";

	private static final List<String> DEBUG_OPTIONS = List.of("-agentlib:jdwp", "-Xrunjdwp");

	private static final long LIBRARY_SIZE = 1024 * 1024;

	private OneProcessReason() {
	}

	/**
	 * Find the reason.
	 * @param enabled what the user wants; with {@link Enabled#TRUE} only what is
	 * impossible counts
	 * @param environment the prepared environment
	 * @param application the application
	 * @return the reason, as the end of a sentence, or {@code null} if there is none
	 */
	static @Nullable String find(Enabled enabled, Environment environment, SpringApplication application) {
		String impossible = impossible(environment, application);
		return (impossible != null || enabled == Enabled.TRUE) ? impossible : notSensible();
	}

	static boolean isLinux() {
		return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
	}

	private static @Nullable String impossible(Environment environment, SpringApplication application) {
		if (!isLinux()) {
			return "sockets can't be handed to other processes on " + System.getProperty("os.name");
		}
		if (NativeDetector.inNativeImage()) {
			return "this is a native image, not a JVM";
		}
		if (SpringProperties.getFlag("spring.aot.processing")) {
			return "it is being processed ahead of time";
		}
		if (SpringProperties.getProperty("spring.context.exit") != null) {
			return "this is a training run (spring.context.exit is set)";
		}
		WebApplicationType configured = environment.getProperty("spring.main.web-application-type",
				WebApplicationType.class);
		WebApplicationType type = (configured != null) ? configured : application.getWebApplicationType();
		if (type != WebApplicationType.REACTIVE) {
			return "the application is not a reactive web application (its type is %s)%s"
				.formatted(String.valueOf(type).toLowerCase(Locale.ROOT), (type == WebApplicationType.SERVLET)
						? "; replace spring-boot-starter-webmvc by spring-boot-starter-webflux" : "");
		}
		if (!ClassUtils.isPresent(NETTY_SERVER, null)) {
			return "the web server is not Reactor Netty; add spring-boot-starter-reactor-netty";
		}
		if (!Epoll.isAvailable()) {
			return "Netty's native epoll transport does not work here: %s%s"
				.formatted(Epoll.unavailabilityCause().getMessage(), temporaryDirectory());
		}
		return null;
	}

	/**
	 * Whether one process is not what the platform or the application wants, but
	 * something is broken.
	 * @return {@code true} if that should be repaired
	 */
	static boolean isDefect() {
		return isLinux() && !Epoll.isAvailable();
	}

	/**
	 * Where Netty puts its library.
	 * @return what is wrong there, with the remedy; empty if nothing is
	 */
	private static String temporaryDirectory() {
		String configured = System.getProperty("io.netty.native.workdir");
		File directory = new File((configured != null) ? configured : System.getProperty("java.io.tmpdir"));
		return (directory.canWrite() && directory.getUsableSpace() > LIBRARY_SIZE) ? ""
				: "; the directory for temporary files, %s, is full or can't be written: make room, or set -D%s"
					.formatted(directory, (configured != null) ? "io.netty.native.workdir" : "java.io.tmpdir");
	}

	private static @Nullable String notSensible() {
		if (ManagementFactory.getRuntimeMXBean().getInputArguments().stream().anyMatch(OneProcessReason::isDebugger)) {
			return "a debugger can attach to this JVM";
		}
		if (ClassUtils.isPresent(DEVTOOLS, null)) {
			return "Spring Boot's DevTools are on the class path";
		}
		return StartedFrom.main() ? null : "it was not started from a main method, or it was started by a test";
	}

	private static boolean isDebugger(String option) {
		return DEBUG_OPTIONS.stream().anyMatch(option::startsWith);
	}

}
