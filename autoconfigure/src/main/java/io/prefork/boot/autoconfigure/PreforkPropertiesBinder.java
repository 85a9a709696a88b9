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

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

import io.prefork.boot.autoconfigure.PreforkProperties.Transport;
import io.prefork.boot.control.BindAddress;
import io.prefork.boot.environment.Budgets;
import io.prefork.boot.work.RequestThreads;
import io.prefork.boot.work.WorkerClass;
import io.prefork.contract.Distribution;
import io.prefork.contract.OnMasterLoss;
import io.prefork.contract.Setting;

/**
 * Binds {@link PreforkProperties} before there is an application context, and checks each
 * value where it came from, so that a failure can name the line.
 */
public final class PreforkPropertiesBinder {

	private static final String BIND = Setting.BIND.property();

	private PreforkPropertiesBinder() {
	}

	/**
	 * Bind the properties.
	 * @param environment the prepared environment
	 * @return the properties
	 */
	public static PreforkProperties bind(Environment environment) {
		PreforkProperties properties = Binder.get(environment)
			.bindOrCreate("prefork", Bindable.of(PreforkProperties.class), new CheckingBindHandler());
		checkTogether(properties);
		return properties;
	}

	/**
	 * Bind the addresses of the server alone.
	 * @param environment the prepared environment
	 * @return the addresses; none if none are set
	 */
	public static List<BindAddress> bindAddresses(Environment environment) {
		return Binder.get(environment)
			.bind(BIND, Bindable.listOf(BindAddress.class), new CheckingBindHandler())
			.orElse(List.of());
	}

	/**
	 * Bind the names of the limits that workers share alone.
	 * @param environment the prepared environment
	 * @return the names
	 */
	public static List<String> budgets(Environment environment) {
		return Binder.get(environment)
			.bind(Setting.BUDGETS.property(), Bindable.listOf(String.class))
			.orElse(List.of(Budgets.KNOWN));
	}

	private static void checkTogether(PreforkProperties properties) {
		if (properties.surge() == 0 && properties.maxUnavailable() == 0) {
			throw new InvalidPreforkPropertyException("prefork.surge", "0", null,
					"must be at least 1 as long as prefork.max-unavailable is 0, or no worker could ever be replaced",
					null);
		}
		checkTransport(properties.transport(), properties.distribution());
		if (properties.transport() == Transport.NIO && properties.bind().stream().anyMatch(BindAddress::isUnix)) {
			throw new InvalidPreforkPropertyException("prefork.transport", "nio", null,
					"can't serve the Unix domain sockets of prefork.bind; choose epoll or io_uring", null);
		}
		if (properties.workerClass() == WorkerClass.VIRTUAL_THREADS && properties.jvm().javaHome() == null
				&& Runtime.version().feature() < RequestThreads.VIRTUAL_SINCE) {
			throw new InvalidPreforkPropertyException("prefork.worker-class", "virtual-threads", null,
					"needs Java %d or later, and this is Java %d; choose threads, or set prefork.jvm.java-home"
						.formatted(RequestThreads.VIRTUAL_SINCE, Runtime.version().feature()),
					null);
		}
		if (properties.onMasterLoss() == OnMasterLoss.WAIT && properties.runDir() == null) {
			throw new InvalidPreforkPropertyException("prefork.on-master-loss", "wait", null,
					"needs prefork.run-dir, by which a new master finds the workers of the old one", null);
		}
	}

	private static void checkTransport(Transport transport, Distribution distribution) {
		if (transport == Transport.NIO && distribution != Distribution.REUSEPORT) {
			throw new InvalidPreforkPropertyException("prefork.transport", "nio", null,
					"needs prefork.distribution 'reuseport', since the JVM's own channels can't be given a socket of the master's",
					null);
		}
	}

	private static final class CheckingBindHandler implements BindHandler {

		@Override
		public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Object result) {
			if (!Requirement.of(target).isMetBy(result)) {
				throw invalid(name, target, context, null);
			}
			return result;
		}

		@Override
		public Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Exception error) throws Exception {
			if (error.getCause() instanceof InvalidPreforkPropertyException element) {
				throw element;
			}
			if (find(name, context) != null && !(error instanceof InvalidPreforkPropertyException)) {
				throw invalid(name, target, context, error);
			}
			throw error;
		}

		private static InvalidPreforkPropertyException invalid(ConfigurationPropertyName name, Bindable<?> target,
				BindContext context, @Nullable Exception cause) {
			ConfigurationProperty property = find(name, context);
			String value = (property != null) ? String.valueOf(property.getValue()) : "";
			String origin = (property != null && property.getOrigin() != null) ? property.getOrigin().toString() : null;
			Throwable root = (cause != null) ? NestedExceptionUtils.getMostSpecificCause(cause) : null;
			return new InvalidPreforkPropertyException(name.toString(), value, origin,
					Requirement.of(target).reason(target, root), cause);
		}

		private static @Nullable ConfigurationProperty find(ConfigurationPropertyName name, BindContext context) {
			// The context's own property is gone where there is no converter for a value.
			for (ConfigurationPropertySource source : context.getSources()) {
				ConfigurationProperty property = source.getConfigurationProperty(name);
				if (property != null) {
					return property;
				}
			}
			return null;
		}

	}

}
