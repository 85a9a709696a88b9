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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Says how a {@link PreforkService} is started.
 */
public final class PreforkServiceBuilder {

	private static final String PORT = "--server.port=";

	private static final String SNAPSHOT = "PREFORK_SNAPSHOT";

	private static final String PRELOAD = "PREFORK_PRELOAD_ENABLED";

	/**
	 * A shell without job control starts background processes with INT ignored, and nohup
	 * does so with HUP; a JVM never handles a signal that was ignored at its start.
	 */
	private static final List<String> DEFAULT_SIGNALS = List.of("env",
			"--default-signal=HUP,INT,QUIT,USR1,USR2,TERM,TTIN,TTOU,WINCH");

	/**
	 * A pipe of our own would be closed as soon as the first process has ended, though
	 * others go on to write.
	 */
	private static final String COPY = "cat";

	private final JavaCommand java = new JavaCommand();

	private final List<String> args = new ArrayList<>();

	private final Map<String, String> env = new LinkedHashMap<>();

	private Path workDir = Path.of("").toAbsolutePath();

	private @Nullable List<String> command;

	private @Nullable Integer socket;

	private List<String> wrapper = List.of();

	private boolean ownSession;

	private boolean anyPort = true;

	PreforkServiceBuilder() {
	}

	public PreforkServiceBuilder javaHome(Path javaHome) {
		this.java.javaHome = javaHome;
		return this;
	}

	/**
	 * Start another jar than that of the extracted application.
	 * @param jar the application
	 * @return this
	 */
	public PreforkServiceBuilder jar(Path jar) {
		this.java.jar = jar.toAbsolutePath();
		this.java.archive = false;
		return this;
	}

	/**
	 * Start the extracted application as long as it has no archive.
	 * @param jar its jar
	 * @return this
	 */
	PreforkServiceBuilder withoutArchive(Path jar) {
		return jar(jar).env(SNAPSHOT, "false");
	}

	/**
	 * Add jars that the application does not come with; it is started from a class path
	 * then.
	 * @param jars the jars
	 * @return this
	 */
	public PreforkServiceBuilder libraries(Collection<Path> jars) {
		this.java.libraries.addAll(jars);
		return this;
	}

	/**
	 * Start from a release directory, with its jar if it has one; its configuration says
	 * everything, the port included.
	 * @param release the directory
	 * @return this
	 */
	public PreforkServiceBuilder release(ReleaseDirectory release) {
		this.anyPort = false;
		this.workDir = release.path();
		return Files.exists(release.jar()) ? jar(release.jar()) : this;
	}

	/**
	 * Add options of the first JVM.
	 * @param options the options
	 * @return this
	 */
	public PreforkServiceBuilder jvmOptions(String... options) {
		this.java.jvmOptions.addAll(List.of(options));
		return this;
	}

	/**
	 * Add arguments of the application; a free port is chosen unless one of them says
	 * {@code --server.port}.
	 * @param args the arguments
	 * @return this
	 */
	public PreforkServiceBuilder args(String... args) {
		this.args.addAll(List.of(args));
		return this;
	}

	public PreforkServiceBuilder env(String name, String value) {
		this.env.put(name, value);
		return this;
	}

	/**
	 * Start through {@code prefork-launcher.jar run}.
	 * @param options the options of the launcher
	 * @return this
	 */
	public PreforkServiceBuilder viaLauncher(String... options) {
		this.java.launcherOptions = List.of(options);
		return this;
	}

	/**
	 * Start any command, such as {@code java} with a class path and a main class, in
	 * place of {@code java -jar}; JVM options are left out, arguments appended.
	 * @param command the command
	 * @return this
	 */
	public PreforkServiceBuilder command(List<String> command) {
		this.command = List.copyOf(command);
		return this;
	}

	/**
	 * Start an application of the tests, with everything on their class path, in place of
	 * the sample application.
	 * @param main its main class
	 * @return this
	 */
	public PreforkServiceBuilder testApplication(Class<?> main) {
		this.java.testMain = main.getName();
		return this;
	}

	/**
	 * Start through a command that becomes, or starts, the one that is appended to it.
	 * @param wrapper the command
	 * @return this
	 */
	public PreforkServiceBuilder wrappedBy(List<String> wrapper) {
		this.wrapper = List.copyOf(wrapper);
		return this;
	}

	/**
	 * Start when the first connection arrives at a socket that systemd-socket-activate(1)
	 * has bound and passes on under the name "web".
	 * @param port the port on 127.0.0.1
	 * @return this
	 */
	public PreforkServiceBuilder socketActivated(int port) {
		this.socket = port;
		return this;
	}

	/**
	 * Set the working directory, which must exist; it is the module's by default.
	 * @param workDir the directory
	 * @return this
	 */
	public PreforkServiceBuilder workDir(Path workDir) {
		this.workDir = workDir;
		return this;
	}

	/**
	 * Start in a session, and so a process group, of its own, as
	 * {@link PreforkService#signalGroup} needs.
	 * @return this
	 */
	public PreforkServiceBuilder ownSession() {
		this.ownSession = true;
		return this;
	}

	/**
	 * Start the process, without waiting for anything.
	 * @return the service
	 */
	public PreforkService start() {
		List<String> line = commandLine();
		ProcessBuilder builder = new ProcessBuilder(line).directory(this.workDir.toFile()).redirectErrorStream(true);
		builder.environment().keySet().removeIf((name) -> name.startsWith("PREFORK_"));
		// Most services are too short-lived to be prepared for others.
		builder.environment().put(PRELOAD, "false");
		if (this.java.archive) {
			builder.environment().put(SNAPSHOT, "false");
		}
		builder.environment().putAll(this.env);
		Family family = new Family();
		builder.environment().put(Family.MARK, family.id());
		try {
			List<Process> processes = ProcessBuilder.startPipeline(List.of(builder, new ProcessBuilder(COPY)));
			return new PreforkService(line, processes.get(0), processes.get(1).getInputStream(), family,
					this.ownSession);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The launcher.
	 * @return its executable jar
	 */
	public static Path launcher() {
		return JavaCommand.launcher();
	}

	/**
	 * The application as it is packaged, a jar of jars.
	 * @return the jar
	 */
	public static Path application() {
		return JavaCommand.application();
	}

	/**
	 * The application as Spring Boot's tools extract it.
	 * @return a jar whose manifest names the others
	 */
	public static Path extractedApplication() {
		return ExtractedApplication.jar();
	}

	List<String> commandLine() {
		List<String> line = new ArrayList<>();
		if (this.ownSession) {
			line.add("setsid");
		}
		line.addAll(DEFAULT_SIGNALS);
		line.addAll(this.wrapper);
		if (this.socket != null) {
			line.addAll(List.of("systemd-socket-activate", "--fdname=web", "-l", "127.0.0.1:" + this.socket, "-E",
					Family.MARK));
		}
		line.addAll((this.command != null) ? this.command : this.java.line());
		if (this.anyPort && this.args.stream().noneMatch((arg) -> arg.startsWith(PORT))) {
			line.add(PORT + "0");
		}
		line.addAll(this.args);
		return line;
	}

}
