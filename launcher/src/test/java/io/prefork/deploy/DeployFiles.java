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

package io.prefork.deploy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The files of {@code docs/deploy}.
 */
final class DeployFiles {

	private static final Path ROOT = Path.of("..", "docs", "deploy");

	private DeployFiles() {
	}

	static Path path(String name) {
		return ROOT.resolve(name);
	}

	static List<Path> below(String directory) throws IOException {
		try (Stream<Path> files = Files.walk(path(directory))) {
			return files.filter(Files::isRegularFile).sorted().toList();
		}
	}

	/**
	 * Read a YAML file.
	 * @param file the file, with one document in it
	 * @return the document
	 * @throws IOException if it can't be read
	 */
	static Map<String, Object> yaml(Path file) throws IOException {
		try (Reader reader = Files.newBufferedReader(file)) {
			return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(reader));
		}
	}

	/**
	 * Find what is in a document.
	 * @param node the document, or a part of it
	 * @param keys the way there: keys of maps, and numbers of elements
	 * @return what is there, or {@code null}
	 */
	static @Nullable Object at(@Nullable Object node, Object... keys) {
		@Nullable Object found = node;
		for (Object key : keys) {
			found = (found instanceof List<?> list && key instanceof Integer index) ? list.get(index)
					: (found instanceof Map<?, ?> map) ? map.get(key) : null;
		}
		return found;
	}

	/**
	 * Apply a patch as Kustomize does: maps are merged, lists of things with names too.
	 * @param base what is patched
	 * @param patch what changes
	 * @return both together
	 */
	static Map<String, Object> merged(Map<String, Object> base, Map<String, Object> patch) {
		Map<String, Object> merged = new LinkedHashMap<>(base);
		patch.forEach((key, value) -> {
			Object old = base.get(key);
			if (value == null) {
				merged.remove(key);
			}
			else if (value instanceof Map && old instanceof Map) {
				merged.put(key, merged(map(old), map(value)));
			}
			else if (value instanceof List<?> changes && old instanceof List<?> list && isNamed(changes)) {
				merged.put(key, merged(list, changes));
			}
			else {
				merged.put(key, value);
			}
		});
		return merged;
	}

	private static List<Object> merged(List<?> base, List<?> changes) {
		Map<Object, Object> byName = new LinkedHashMap<>();
		base.forEach((element) -> byName.put(name(element), element));
		changes.forEach((change) -> byName.merge(name(change), change, (old, next) -> merged(map(old), map(next))));
		return new ArrayList<>(byName.values());
	}

	private static boolean isNamed(Iterable<?> list) {
		return StreamSupport.stream(list.spliterator(), false).allMatch((element) -> at(element, "name") != null);
	}

	private static Object name(@Nullable Object element) {
		return Objects.requireNonNull(at(element, "name"));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Object node) {
		return (Map<String, Object>) node;
	}

}
