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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartedFrom}.
 */
class StartedFromTests {

	private static final List<String> RUN = List.of("java.lang.Thread.getStackTrace",
			"io.prefork.boot.StartedFrom.main", "io.prefork.boot.PreforkApplicationListener.onApplicationEvent",
			"org.springframework.boot.SpringApplication.prepareEnvironment",
			"org.springframework.boot.SpringApplication.run");

	private static final List<String> REFLECTION = List.of("jdk.internal.reflect.DirectMethodHandleAccessor.invoke",
			"java.lang.reflect.Method.invoke");

	private static final Map<String, List<String>> BY_JAVA = Map.of("class path", List.of("com.example.App.main"),
			"main class that is a lambda's owner",
			List.of("com.example.App.lambda$main$0", "java.util.Optional.map", "com.example.App.main"), "Kotlin",
			List.of("com.example.AppKt.main"), "Kotlin with a generated bridge",
			List.of("com.example.AppKt.main", "com.example.AppKt.main"), "Boot's loader",
			List.of("com.example.App.main", "jdk.internal.reflect.NativeMethodAccessorImpl.invoke0",
					"java.lang.reflect.Method.invoke", "org.springframework.boot.loader.launch.Launcher.launch",
					"org.springframework.boot.loader.launch.JarLauncher.main"),
			"java App.java",
			List.of("com.example.App.main", "java.lang.reflect.Method.invoke",
					"jdk.compiler/com.sun.tools.javac.launcher.Main.execute",
					"jdk.compiler/com.sun.tools.javac.launcher.Main.main"));

	private static final Map<String, List<String>> BY_OTHERS = Map.of("JUnit",
			List.of("com.example.AppTests.starts", "java.lang.reflect.Method.invoke",
					"org.junit.platform.commons.util.ReflectionUtils.invokeMethod",
					"org.apache.maven.surefire.booter.ForkedBooter.main"),
			"JUnit by way of main",
			List.of("com.example.App.main", "com.example.AppTests.starts",
					"org.junit.platform.commons.util.ReflectionUtils.invokeMethod",
					"org.junit.platform.console.ConsoleLauncher.main"),
			"Spring's tests",
			List.of("org.springframework.boot.test.context.SpringBootContextLoader.loadContext",
					"org.springframework.test.context.support.DefaultTestContext.getApplicationContext",
					"com.example.Runner.main"),
			"TestNG", List.of("org.testng.TestNG.main"), "Cucumber", List.of("io.cucumber.core.cli.Main.main"),
			"thread that is not main", List.of("com.example.Starter.run", "java.lang.Thread.run"), "DevTools",
			List.of("com.example.App.main", "java.lang.reflect.Method.invoke",
					"org.springframework.boot.devtools.restart.RestartLauncher.run"),
			"servlet container",
			List.of("org.springframework.boot.web.servlet.support.SpringBootServletInitializer.run",
					"org.apache.catalina.core.StandardContext.startInternal", "java.lang.Thread.run"),
			"nested SpringApplication",
			List.of("com.example.BootstrapListener.onApplicationEvent",
					"org.springframework.boot.SpringApplication.prepareEnvironment",
					"org.springframework.boot.SpringApplication.run", "com.example.App.main"));

	@ParameterizedTest(name = "{0}")
	@MethodSource("byJava")
	void whenJavaStartedTheMainMethodThenItIsMain(String name, List<String> frames) {
		boolean main = StartedFrom.isMain(stack(frames));

		assertThat(main).as(name).isTrue();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("byOthers")
	void whenSomethingElseStartedTheApplicationThenItIsNotMain(String name, List<String> frames) {
		boolean main = StartedFrom.isMain(stack(frames));

		assertThat(main).as(name).isFalse();
	}

	@Test
	void whenThisTestAsksThenItIsNotMain() {
		boolean main = StartedFrom.main();

		assertThat(main).isFalse();
	}

	private static Stream<Arguments> byJava() {
		return BY_JAVA.entrySet().stream().map((entry) -> Arguments.of(entry.getKey(), entry.getValue()));
	}

	private static Stream<Arguments> byOthers() {
		return BY_OTHERS.entrySet().stream().map((entry) -> Arguments.of(entry.getKey(), entry.getValue()));
	}

	private static List<StackTraceElement> stack(List<String> frames) {
		List<String> all = new ArrayList<>(RUN);
		all.addAll(frames);
		all.addAll(all.indexOf("java.lang.reflect.Method.invoke") + 1, REFLECTION);
		return all.stream().map(StartedFromTests::frame).toList();
	}

	private static StackTraceElement frame(String text) {
		int dot = text.lastIndexOf('.');
		int slash = text.indexOf('/');
		return new StackTraceElement(null, (slash < 0) ? null : text.substring(0, slash), null,
				text.substring(slash + 1, dot), text.substring(dot + 1), "Source.java", 1);
	}

}
