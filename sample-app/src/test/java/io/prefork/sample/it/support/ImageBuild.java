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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does what a Dockerfile says in a directory of this machine, as far as the one of
 * {@code docs/deploy} needs: COPY of files and of directories' content, RUN, ENV, USER,
 * WORKDIR and an ENTRYPOINT. The images it begins FROM are this machine. Its user has to
 * be root.
 */
public final class ImageBuild {

	private final Path context;

	private final Path root;

	private final Map<String, String> environment = new HashMap<>();

	private Path stage;

	private Path workDir;

	private String user = "0:0";

	private List<String> entryPoint = List.of();

	private ImageBuild(Path context, Path root) {
		this.context = context;
		this.root = root;
		this.stage = root;
		this.workDir = root;
	}

	/**
	 * Build an image.
	 * @param dockerfile the file
	 * @param context the directory that it copies from
	 * @param root where its stages are put, each in a directory of its own
	 * @return the image
	 * @throws IOException if a file is missing
	 */
	public static ImageBuild of(Path dockerfile, Path context, Path root) throws IOException {
		ImageBuild image = new ImageBuild(context, root);
		for (String line : Files.readAllLines(dockerfile)) {
			if (!line.isBlank() && !line.startsWith("#")) {
				String[] words = line.split(" ", 2);
				image.follow(words[0], words[1]);
			}
		}
		return image;
	}

	/**
	 * Return the directory that is the working directory of a container.
	 * @return the directory
	 */
	public Path workDir() {
		return this.workDir;
	}

	/**
	 * Return what a container runs.
	 * @return program and arguments
	 */
	public List<String> entryPoint() {
		return this.entryPoint;
	}

	/**
	 * Return the variables that the file sets.
	 * @return the variables
	 */
	public Map<String, String> environment() {
		return Map.copyOf(this.environment);
	}

	/**
	 * Return user and group of a container.
	 * @return two numbers with a colon between them
	 */
	public String user() {
		return this.user;
	}

	private void follow(String instruction, String rest) throws IOException {
		switch (instruction) {
			case "FROM" -> from(rest);
			case "WORKDIR" -> {
				this.workDir = Files.createDirectories(inside(this.stage, rest));
			}
			case "COPY" -> copy(rest.split(" ", -1));
			case "RUN" -> run(rest);
			case "ENV" -> {
				String[] variable = rest.split("=", 2);
				this.environment.put(variable[0], translated(variable[1]));
			}
			case "USER" -> {
				this.user = rest;
			}
			case "ENTRYPOINT" -> {
				this.entryPoint = Stream.of(rest.replaceAll("[\\[\\]\" ]", "").split(",", -1)).toList();
			}
			case "EXPOSE" -> assertThat(rest).isEqualTo("8080");
			default -> throw new IllegalStateException("Nobody knows how to do " + instruction);
		}
	}

	private void from(String image) throws IOException {
		String[] words = image.split(" AS ", -1);
		this.stage = Files.createDirectory(this.root.resolve((words.length > 1) ? words[1] : "final"));
		this.user = "0:0";
		this.environment.clear();
	}

	private void copy(String[] words) throws IOException {
		boolean fromStage = words[0].startsWith("--from=");
		Path source = fromStage ? inside(this.root.resolve(words[0].substring("--from=".length())), words[1])
				: this.context.resolve(words[0]);
		Path target = this.workDir.resolve(words[words.length - 1]);
		// Both copy the content of a directory, and a layer may be empty.
		assertThat(CommandResult.of("cp", "-a", fromStage ? source + "/." : source.toString(), target.toString()))
			.isEqualTo(new CommandResult(0, ""));
	}

	private void run(String command) throws IOException {
		String[] ids = this.user.split(":", -1);
		List<String> line = new ArrayList<>(List.of("setpriv", "--reuid=" + ids[0], "--regid=" + ids[1],
				"--clear-groups", "env", "-C", this.workDir.toString(),
				"PATH=%s/bin:%s".formatted(System.getProperty("java.home"), System.getenv("PATH"))));
		this.environment.forEach((name, value) -> line.add(name + "=" + value));
		line.addAll(List.of("sh", "-c", translated(command)));
		CommandResult result = CommandResult.of(line.toArray(String[]::new));
		assertThat(result.exitCode()).as(result.output()).isZero();
	}

	/**
	 * Put paths of the image into the directory that is its root.
	 */
	private String translated(String text) {
		return text.replace(" /app", " " + inside(this.stage, "/app"))
			.replaceAll("^/app", inside(this.stage, "/app").toString());
	}

	private static Path inside(Path stage, String path) {
		return stage.resolve(path.substring(1));
	}

}
