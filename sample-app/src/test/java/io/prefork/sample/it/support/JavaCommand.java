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

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The command that starts the application with a JVM, without its arguments.
 */
final class JavaCommand {

	private static final Path APPLICATION = Path.of("target", "sample-app.jar").toAbsolutePath();

	private static final Path LAUNCHER = Path.of("..", "launcher", "target", "prefork-launcher.jar")
		.toAbsolutePath()
		.normalize();

	private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

	private static final String MAIN_CLASS = "io.prefork.sample.SampleApplication";

	/**
	 * Tests start hundreds of JVMs that live for seconds: with these options a start
	 * takes half of the CPU time, and a stop does not take two seconds more than it
	 * needs.
	 */
	static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
			"-Dspring.reactor.netty.shutdown-quiet-period=0s");

	final List<String> jvmOptions = new ArrayList<>(SHORT_LIVED);

	final List<Path> libraries = new ArrayList<>();

	Path javaHome = JAVA_HOME;

	@Nullable Path jar;

	/**
	 * An archive is bound to the path of the jar, so workers must not run from a copy.
	 */
	boolean archive = true;

	@Nullable List<String> launcherOptions;

	/**
	 * The main class of an application of the tests, in place of the sample application.
	 */
	@Nullable String testMain;

	/**
	 * The application as it is packaged, a jar of jars.
	 * @return the jar
	 */
	static Path application() {
		return Path.of(existing(APPLICATION));
	}

	static Path launcher() {
		return Path.of(existing(LAUNCHER));
	}

	/**
	 * Start the JVM of the tests for a moment.
	 * @param args further options, what to run, and its arguments
	 * @return the command
	 */
	static List<String> shortLived(String... args) {
		List<String> line = new ArrayList<>();
		line.add(JAVA_HOME.resolve("bin").resolve("java").toString());
		line.addAll(SHORT_LIVED);
		line.addAll(List.of(args));
		return line;
	}

	/**
	 * Start the sample application from other jars than those it comes with.
	 * @param jars the jars, in the order of the class path
	 * @return the command
	 */
	static List<String> ofClassPath(List<Path> jars) {
		return shortLived("-cp", jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
				MAIN_CLASS);
	}

	List<String> line() {
		List<String> line = new ArrayList<>();
		line.add(this.javaHome.resolve("bin").resolve("java").toString());
		line.addAll(this.jvmOptions);
		if (this.testMain != null) {
			line.addAll(List.of("-cp",
					System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
					this.testMain));
			return line;
		}
		if (this.archive && this.javaHome.equals(JAVA_HOME)) {
			line.addAll(ExtractedApplication.jvmOptions());
		}
		if (!this.libraries.isEmpty()) {
			line.addAll(List.of("-cp", classPath(), MAIN_CLASS));
			return line;
		}
		line.add("-jar");
		if (this.launcherOptions != null) {
			line.addAll(List.of(existing(LAUNCHER), "run", jar()));
			line.addAll(this.launcherOptions);
			line.add("--");
		}
		else {
			line.add(jar());
		}
		return line;
	}

	private String classPath() {
		// The jar's manifest names the application's own libraries.
		return Stream.concat(Stream.of(jar()), this.libraries.stream().map(Path::toString))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private String jar() {
		return existing((this.jar != null) ? this.jar : ExtractedApplication.jar());
	}

	private static String existing(Path jar) {
		if (!Files.isRegularFile(jar)) {
			throw new IllegalStateException(jar + " is missing: package the modules first (mvn package)");
		}
		return jar.toString();
	}

}
