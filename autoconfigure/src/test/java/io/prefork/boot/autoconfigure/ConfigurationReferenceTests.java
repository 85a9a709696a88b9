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

package io.prefork.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.prefork.boot.autoconfigure.ConfigurationReference.Property;
import io.prefork.contract.Setting;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the metadata of {@link PreforkProperties} and the reference made from it.
 */
class ConfigurationReferenceTests {

	private static final Path PAGE = Path.of("../docs/configuration.md");

	/**
	 * Their descriptions say what happens by default, which is no constant.
	 */
	private static final Set<String> WITHOUT_DEFAULT = Set.of("prefork.bind", "prefork.event-loops", "prefork.jvm.heap",
			"prefork.jvm.java-home", "prefork.jvm.options", "prefork.keep-alive", "prefork.offload.threads",
			"prefork.pid-file", "prefork.preload.cache-dir", "prefork.preload.warmup", "prefork.profile",
			"prefork.run-dir", "prefork.threads");

	@Test
	void whenReferenceIsGeneratedThenItIsThatOfThePage() throws IOException {
		String actual = ConfigurationReference.insertInto(Files.readString(PAGE));

		if (Boolean.getBoolean("prefork.rewrite")) {
			Files.writeString(PAGE, actual);
		}

		assertThat(Files.readString(PAGE)).isEqualTo(actual);
	}

	@Test
	void whenPropertyIsDeclaredThenItsDescriptionIsFullSentence() throws IOException {
		Iterable<Property> properties = ConfigurationReference.properties();

		assertThat(properties).isNotEmpty().allSatisfy((property) -> {
			assertThat(property.name()).startsWith("prefork.");
			assertThat(property.description()).isNotNull().matches("[A-Z].*\\.").doesNotContain("|", "\n");
		});
	}

	@Test
	void whenPropertyIsDeclaredThenItIsSettingOfTheService() throws IOException {
		assertThat(ConfigurationReference.properties()).extracting(Property::name)
			.containsExactlyInAnyOrderElementsOf(Stream.of(Setting.values()).map(Setting::property).toList());
	}

	@Test
	void whenPropertyHasNoDefaultThenThereIsReason() throws IOException {
		Set<String> without = ConfigurationReference.properties()
			.stream()
			.filter((property) -> property.defaultValue() == null)
			.map(Property::name)
			.collect(Collectors.toSet());

		assertThat(without).isEqualTo(WITHOUT_DEFAULT);
	}

	@Test
	void whenDefaultIsShownThenItIsThatOfTheProperties() throws IOException {
		Map<String, String> defaults = ConfigurationReference.properties()
			.stream()
			.filter((property) -> property.defaultValue() != null)
			.collect(Collectors.toMap(Property::name, (property) -> String.valueOf(property.defaultValue())));

		PreforkProperties bound = TestYaml.bind(defaults);

		assertThat(defaults).containsEntry("prefork.workers", "auto").containsEntry("prefork.enabled", "auto");
		assertThat(bound).usingRecursiveComparison().isEqualTo(TestYaml.bind(Map.of()));
	}

}
