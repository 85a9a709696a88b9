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

import java.util.List;
import java.util.stream.IntStream;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers about 1 kB of JSON, always the same but written anew for each request.
 */
@RestController
class JsonController {

	private final List<Item> items = IntStream.rangeClosed(1, 12).mapToObj(Item::number).toList();

	@GetMapping(path = "/json", produces = MediaType.APPLICATION_JSON_VALUE)
	List<Item> json() {
		return this.items;
	}

	/**
	 * One line of the answer.
	 *
	 * @param id a number, from 1
	 * @param name a name with the number in it
	 * @param price a price in cents
	 * @param available whether it can be had
	 * @param tags some words
	 */
	record Item(int id, String name, int price, boolean available, List<String> tags) {

		static Item number(int id) {
			return new Item(id, "Item " + id, 100 * id - 1, id % 3 != 0, List.of("sample", "prefork"));
		}

	}

}
