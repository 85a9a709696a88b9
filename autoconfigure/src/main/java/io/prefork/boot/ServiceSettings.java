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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.util.unit.DataSize;

import io.prefork.boot.autoconfigure.PreforkProperties;
import io.prefork.contract.Labels;
import io.prefork.contract.Setting;

/**
 * What the application reports of its properties: all that have a value, by the labels of
 * {@link Setting}.
 */
final class ServiceSettings {

	private ServiceSettings() {
	}

	static Map<String, String> of(PreforkProperties properties) {
		BeanWrapper bean = PropertyAccessorFactory.forBeanPropertyAccess(properties);
		Map<String, String> settings = new LinkedHashMap<>();
		for (Setting setting : Setting.values()) {
			Object value = bean.getPropertyValue(path(setting));
			if (value != null) {
				settings.put(setting.label(), text(value));
			}
		}
		return settings;
	}

	private static String path(Setting setting) {
		// restart.max-delay becomes restart.maxDelay.
		StringBuilder path = new StringBuilder();
		for (String word : setting.label().split("-", -1)) {
			path.append(path.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
		}
		return path.toString();
	}

	private static String text(Object value) {
		if (value instanceof Enum<?> constant) {
			return Labels.of(constant);
		}
		if (value instanceof DataSize size) {
			return Long.toString(size.toBytes());
		}
		return (value instanceof List<?> list) ? list.stream().map(Object::toString).collect(Collectors.joining("\n"))
				: value.toString();
	}

}
