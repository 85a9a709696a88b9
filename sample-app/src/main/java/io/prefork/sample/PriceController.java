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

package io.prefork.sample;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import io.prefork.boot.shared.SharedData;
import io.prefork.boot.shared.SharedTable;

/**
 * Looks prices up in a large table that all workers have in memory, and none on its heap:
 * {@code sample.prices: 2000000} makes one of about 200 MB.
 */
@RestController
@ConditionalOnProperty("sample.prices")
class PriceController {

	private static final String PRICE = "article %d costs %d cents, %s";

	private final SharedTable prices;

	PriceController(SharedData shared, @Value("${sample.prices}") int articles) {
		this.prices = shared.table("prices", (table) -> {
			for (long article = 0; article < articles; article++) {
				table.put(article, PRICE.formatted(article, article % 9973, "all taxes included")
					.getBytes(StandardCharsets.UTF_8));
			}
		});
	}

	/**
	 * Look a price up.
	 * @param article the number of the article
	 * @return its price
	 */
	@GetMapping("/prices/{article}")
	String price(@PathVariable long article) {
		ByteBuffer price = this.prices.get(article);
		if (price == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		return StandardCharsets.UTF_8.decode(price).toString();
	}

}
