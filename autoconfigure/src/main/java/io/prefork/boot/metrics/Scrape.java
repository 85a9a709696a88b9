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

package io.prefork.boot.metrics;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;

/**
 * What is scraped, as workers ask each other for it.
 *
 * @param format the format
 * @param includedNames the names of the wanted metrics; {@code null} for all
 */
record Scrape(PrometheusOutputFormat format, @Nullable Set<String> includedNames) {

	static Scrape parse(String text) {
		String[] words = text.split(" ", 2);
		return new Scrape(PrometheusOutputFormat.valueOf(words[0]),
				(words.length > 1) ? new LinkedHashSet<>(Arrays.asList(words[1].split(",", -1))) : null);
	}

	/**
	 * Render metrics.
	 * @param registry the metrics
	 * @param properties those of the Prometheus client; {@code null} for its defaults
	 * @return the document
	 */
	byte[] render(PrometheusRegistry registry, @Nullable Properties properties) {
		return Objects.requireNonNull(
				new PrometheusScrapeEndpoint(registry, properties).scrape(this.format, this.includedNames).getBody());
	}

	@Override
	public String toString() {
		return (this.includedNames != null) ? this.format.name() + " " + String.join(",", this.includedNames)
				: this.format.name();
	}

}
