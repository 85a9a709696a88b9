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

package io.prefork.boot.shared;

/**
 * Where the entries of a {@link SharedTable} are found: a power of two of slots with the
 * hash of a key and the position of its entry each. An entry is in the slot that its hash
 * names, or in one of the next; behind the last of them is a free one, whose position is
 * 0.
 *
 * @param file the table's file
 * @param begin where the first slot is
 * @param mask the number of slots less one
 */
record Slots(MappedFile file, long begin, long mask) {

	/**
	 * What one takes, in bytes.
	 */
	static final int SIZE = 2 * Long.BYTES;

	long first(long hash) {
		return hash & this.mask;
	}

	long next(long slot) {
		return (slot + 1) & this.mask;
	}

	long hash(long slot) {
		return this.file.getLong(this.begin + slot * SIZE);
	}

	long entry(long slot) {
		return this.file.getLong(this.begin + slot * SIZE + Long.BYTES);
	}

	void put(long slot, long hash, long entry) {
		this.file.putLong(this.begin + slot * SIZE, hash);
		this.file.putLong(this.begin + slot * SIZE + Long.BYTES, entry);
	}

}
