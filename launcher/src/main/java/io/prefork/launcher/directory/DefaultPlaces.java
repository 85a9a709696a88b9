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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.prefork.rundir.PrivateDirectory;

/**
 * Where run directories go if the user does not say where.
 */
final class DefaultPlaces {

	private static final int ROOT = 0;

	private final Map<String, String> environment;

	private final int uid;

	private final Path system;

	/**
	 * Create the places of a user.
	 * @param environment the environment variables
	 * @param uid the user's id
	 * @param system the root of the file system
	 */
	DefaultPlaces(Map<String, String> environment, int uid, Path system) {
		this.environment = environment;
		this.uid = uid;
		this.system = system;
	}

	/**
	 * The places of this process.
	 * @param environment the environment variables
	 * @return the places, the best one first
	 */
	static List<Path> of(Map<String, String> environment) {
		return new DefaultPlaces(environment, PrivateDirectory.ownUid(), Path.of("/")).list();
	}

	/**
	 * The places of all users, as far as there are any.
	 * @param environment the environment variables
	 * @return directories that exist
	 */
	static List<Path> ofAnybody(Map<String, String> environment) {
		Set<Path> places = new LinkedHashSet<>();
		of(environment).stream().filter(Files::isDirectory).forEach(places::add);
		places.addAll(below(Path.of("/run"), "*", "prefork"));
		places.addAll(below(Path.of("/run/user"), "*", "prefork"));
		places.addAll(below(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath(), "prefork-*", ""));
		return List.copyOf(places);
	}

	private static List<Path> below(Path base, String pattern, String name) {
		List<Path> places = new ArrayList<>();
		try (DirectoryStream<Path> directories = Files.newDirectoryStream(base, pattern)) {
			for (Path directory : directories) {
				Path place = directory.resolve(name);
				if (Files.isDirectory(place)) {
					places.add(place);
				}
			}
		}
		catch (IOException ex) {
			// There is no such place, or it is somebody else's.
		}
		return places;
	}

	/**
	 * The places, the best one first: those that last as long as the service before those
	 * from which old files are removed.
	 * @return directories that need not exist
	 */
	List<Path> list() {
		List<Path> places = new ArrayList<>();
		// See systemd.exec(5); there may be several.
		String unit = this.environment.get("RUNTIME_DIRECTORY");
		if (unit != null && !unit.isEmpty()) {
			places.add(Path.of(unit.split(":", 2)[0], "prefork"));
		}
		Path session = session();
		if (session != null) {
			places.add(session.resolve("prefork"));
		}
		if (this.uid == ROOT) {
			places.add(this.system.resolve("run/prefork"));
		}
		places.add(Path.of(System.getProperty("java.io.tmpdir"), "prefork-" + this.uid).toAbsolutePath());
		return places;
	}

	/**
	 * The runtime directory of the user, unless it goes when the user logs out: see
	 * pam_systemd(8) and loginctl(1).
	 * @return the directory, or {@code null}
	 */
	private @Nullable Path session() {
		String runtime = this.environment.get("XDG_RUNTIME_DIR");
		if (runtime == null || !Files.isWritable(Path.of(runtime))) {
			return null;
		}
		Path ofSession = this.system.resolve("run/user").resolve(Integer.toString(this.uid));
		return (Path.of(runtime).equals(ofSession) && !lingers()) ? null : Path.of(runtime).toAbsolutePath();
	}

	private boolean lingers() {
		Path lingering = this.system.resolve("var/lib/systemd/linger");
		return Files.exists(lingering.resolve(System.getProperty("user.name")));
	}

}
