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

import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.core.env.Environment;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.unit.DataSize;

import io.prefork.boot.autoconfigure.PreforkProperties;
import io.prefork.boot.autoconfigure.PreforkProperties.Enabled;
import io.prefork.boot.environment.DatabaseSetup;
import io.prefork.contract.Labels;
import io.prefork.contract.Setting;

/**
 * What the application reports of its properties: all that have a value, by the labels of
 * {@link io.prefork.contract.Setting}.
 */
final class ServiceSettings {

	private ServiceSettings() {
	}

	static Map<String, String> of(PreforkProperties properties, Environment environment) {
		Map<String, String> settings = new LinkedHashMap<>();
		collect("", properties, settings);
		settings.put(Setting.WORKER_CONNECTIONS.label(), Integer.toString(properties.connectionLimit()));
		settings.put(Setting.JVM_OPTIONS.label(),
				text(Stream
					.concat(properties.jvm().options().stream(), properties.blockingDetection().jvmOptions().stream())
					.toList()));
		if (properties.initializer().alone() == Enabled.AUTO) {
			settings.put(Setting.INITIALIZER_ALONE.label(), Boolean.toString(DatabaseSetup.isExpected(environment)));
		}
		return settings;
	}

	private static void collect(String prefix, Record group, Map<String, String> settings) {
		Parameter[] parameters = group.getClass().getDeclaredConstructors()[0].getParameters();
		RecordComponent[] components = group.getClass().getRecordComponents();
		for (int i = 0; i < components.length; i++) {
			RecordComponent component = components[i];
			// Some properties have names that no record component can have.
			Name renamed = parameters[i].getAnnotation(Name.class);
			String name = prefix
					+ ((renamed != null) ? renamed.value() : DataObjectPropertyName.toDashedForm(component.getName()));
			Object value = ReflectionUtils.invokeMethod(component.getAccessor(), group);
			if (value instanceof Record nested && nested.getClass().getEnclosingClass() == PreforkProperties.class) {
				collect(name + ".", nested, settings);
			}
			else if (value != null) {
				settings.put(name, text(value));
			}
		}
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
