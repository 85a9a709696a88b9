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

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.prefork.boot.work.Profile;
import io.prefork.boot.work.Profile.Preset;
import io.prefork.contract.Setting;

/**
 * Adds what {@code prefork.profile} stands for, below everything that the user has set.
 */
final class ProfileEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String NAME = "preforkProfile";

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Profile profile = profile(environment);
		if (profile != null) {
			Map<String, Object> values = profile.presets()
				.stream()
				.collect(Collectors.toMap(Preset::property, (Function<Preset, Object>) Preset::value));
			environment.getPropertySources().addLast(new MapPropertySource(NAME, values));
		}
	}

	/**
	 * Say what it stands for.
	 * @param profile the profile
	 * @param environment the environment
	 * @return the values that hold, with the reason for each
	 */
	static String describe(Profile profile, ConfigurableEnvironment environment) {
		return profile.presets()
			.stream()
			.filter((preset) -> preset.value().equals(environment.getProperty(preset.property())))
			.map((preset) -> "%s=%s (%s)".formatted(preset.property(), preset.value(), preset.reason()))
			.collect(Collectors.joining(", ", "prefork.profile sets ", ""));
	}

	private static @Nullable Profile profile(ConfigurableEnvironment environment) {
		try {
			return Binder.get(environment).bind(Setting.PROFILE.property(), Profile.class).orElse(null);
		}
		catch (BindException ex) {
			// Whoever binds all properties explains it.
			return null;
		}
	}

}
