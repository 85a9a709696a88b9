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

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

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
import org.springframework.util.unit.DataSize;

import io.prefork.boot.control.BindAddress;

/**
 * Binds {@link PreforkProperties} before there is an application context, and checks each
 * value where it came from, so that a failure can name the line.
 */
public final class PreforkPropertiesBinder {

	private static final Rule AT_LEAST_ONE = new Rule("must be a whole number of at least 1",
			(value) -> value instanceof Number number && number.intValue() >= 1);

	private static final Rule POSITIVE = new Rule("must be a duration longer than 0, for instance 30s",
			(value) -> value instanceof Duration duration && !duration.isNegative() && !duration.isZero());

	private static final Rule NOT_NEGATIVE = new Rule("must be a duration of 0 or more, for instance 5s",
			(value) -> value instanceof Duration duration && !duration.isNegative());

	private static final Rule FACTOR = new Rule("must be a number of at least 1",
			(value) -> value instanceof Number number && number.doubleValue() >= 1);

	private static final Rule COUNT = new Rule("must be a whole number of 0 or more",
			(value) -> value instanceof Number number && number.longValue() >= 0);

	private static final Rule SHARE = new Rule("must be a number from 0 to 1",
			(value) -> value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1);

	private static final Rule SIZE = new Rule("must be a size of 0 or more, for instance 512MB",
			(value) -> value instanceof DataSize size && !size.isNegative());

	private static final Rule PATH = new Rule("must be empty or begin with /",
			(value) -> value instanceof String path && (path.isEmpty() || path.startsWith("/")));

	private static final String BIND = "prefork.bind";

	private static final Rule ADDRESS = new Rule("must be a list of addresses", (value) -> true);

	private static final Map<String, Rule> RULES = Map.ofEntries(
			Map.entry("prefork.enabled", oneOf(PreforkProperties.Enabled.values())),
			Map.entry("prefork.workers", new Rule("must be 'auto' or a whole number of at least 1", (value) -> true)),
			Map.entry("prefork.event-loops", AT_LEAST_ONE),
			Map.entry("prefork.distribution", oneOf(PreforkProperties.Distribution.values())),
			Map.entry("prefork.dispatch-strategy", oneOf("least-connections", "round-robin")),
			Map.entry("prefork.transport", oneOf(PreforkProperties.Transport.values())),
			Map.entry("prefork.on-master-loss", oneOf(PreforkProperties.OnMasterLoss.values())),
			Map.entry(BIND, ADDRESS), Map.entry("prefork.worker-connections", COUNT),
			Map.entry("prefork.backlog", AT_LEAST_ONE), Map.entry("prefork.boot-timeout", POSITIVE),
			Map.entry("prefork.graceful-timeout", POSITIVE), Map.entry("prefork.drain-delay", NOT_NEGATIVE),
			Map.entry("prefork.restart.initial-delay", NOT_NEGATIVE), Map.entry("prefork.restart.multiplier", FACTOR),
			Map.entry("prefork.restart.max-delay", NOT_NEGATIVE),
			Map.entry("prefork.restart.reset-after", NOT_NEGATIVE),
			Map.entry("prefork.restart.give-up-after", POSITIVE), Map.entry("prefork.timeout", NOT_NEGATIVE),
			Map.entry("prefork.stall-threshold", NOT_NEGATIVE), Map.entry("prefork.max-requests", COUNT),
			Map.entry("prefork.max-requests-jitter", COUNT), Map.entry("prefork.max-age", NOT_NEGATIVE),
			Map.entry("prefork.max-age-jitter", NOT_NEGATIVE), Map.entry("prefork.max-rss", SIZE),
			Map.entry("prefork.surge", COUNT), Map.entry("prefork.max-unavailable", COUNT),
			Map.entry("prefork.spares", COUNT), Map.entry("prefork.probe", PATH),
			Map.entry("prefork.reload.canary", NOT_NEGATIVE), Map.entry("prefork.reload.max-error-rate", SHARE),
			Map.entry("prefork.reload.timeout", POSITIVE));

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

	private static void checkTogether(PreforkProperties properties) {
		if (properties.getSurge() == 0 && properties.getMaxUnavailable() == 0) {
			throw new InvalidPreforkPropertyException("prefork.surge", "0", null,
					"must be at least 1 as long as prefork.max-unavailable is 0, or no worker could ever be replaced",
					null);
		}
		checkTransport(properties.getTransport(), properties.getDistribution());
		if (properties.getTransport() == PreforkProperties.Transport.NIO
				&& properties.getBind().stream().anyMatch(BindAddress::isUnix)) {
			throw new InvalidPreforkPropertyException("prefork.transport", "nio", null,
					"can't serve the Unix domain sockets of prefork.bind; choose epoll or io_uring", null);
		}
		if (properties.getOnMasterLoss() == PreforkProperties.OnMasterLoss.WAIT && properties.getRunDir() == null) {
			throw new InvalidPreforkPropertyException("prefork.on-master-loss", "wait", null,
					"needs prefork.run-dir, by which a new master finds the workers of the old one", null);
		}
	}

	private static void checkTransport(PreforkProperties.Transport transport,
			PreforkProperties.Distribution distribution) {
		if (transport == PreforkProperties.Transport.NIO && distribution != PreforkProperties.Distribution.REUSEPORT) {
			throw new InvalidPreforkPropertyException("prefork.transport", "nio", null,
					"needs prefork.distribution 'reuseport', since the JVM's own channels can't be given a socket of the master's",
					null);
		}
		if (transport == PreforkProperties.Transport.IO_URING
				&& distribution == PreforkProperties.Distribution.DISPATCH) {
			throw new InvalidPreforkPropertyException("prefork.transport", "io_uring", null,
					"needs prefork.distribution 'shared' or 'reuseport', since connections that the master accepts are served with epoll",
					null);
		}
	}

	private static Rule oneOf(Enum<?>[] constants) {
		return oneOf(Arrays.stream(constants)
			.map((constant) -> constant.name().toLowerCase(Locale.ROOT))
			.toArray(String[]::new));
	}

	private static Rule oneOf(String... names) {
		return new Rule("must be one of: " + String.join(", ", names), (value) -> true);
	}

	private record Rule(String reason, Predicate<Object> test) {

	}

	private static final class CheckingBindHandler implements BindHandler {

		@Override
		public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Object result) {
			Rule rule = rule(name);
			if (rule != null && !rule.test().test(result)) {
				throw invalid(name, rule, context, null);
			}
			return result;
		}

		@Override
		public Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Exception error) throws Exception {
			Rule rule = rule(name);
			if (error.getCause() instanceof InvalidPreforkPropertyException element) {
				throw element;
			}
			if (rule != null && !(error instanceof InvalidPreforkPropertyException)) {
				throw invalid(name, rule, context, error);
			}
			throw error;
		}

		private static @Nullable Rule rule(ConfigurationPropertyName name) {
			return RULES.get((name.isLastElementIndexed() ? name.getParent() : name).toString());
		}

		private static InvalidPreforkPropertyException invalid(ConfigurationPropertyName name, Rule rule,
				BindContext context, @Nullable Exception cause) {
			ConfigurationProperty property = find(name, context);
			String value = (property != null) ? String.valueOf(property.getValue()) : "";
			String origin = (property != null && property.getOrigin() != null) ? property.getOrigin().toString() : null;
			return new InvalidPreforkPropertyException(name.toString(), value, origin, reason(name, rule, cause),
					cause);
		}

		private static String reason(ConfigurationPropertyName name, Rule rule, @Nullable Exception cause) {
			Throwable root = (cause != null) ? NestedExceptionUtils.getMostSpecificCause(cause) : null;
			return (name.toString().startsWith(BIND) && root instanceof IllegalArgumentException)
					? String.valueOf(root.getMessage()) : rule.reason();
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
