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

import java.nio.ByteBuffer;

/**
 * Spreads keys over slots. The mixing is that of SplitMix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", 2014).
 */
final class KeyHash {

	private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

	private KeyHash() {
	}

	static long of(long key) {
		return mix(mix(ofLength(Long.BYTES) ^ key));
	}

	static long of(byte[] key) {
		return of(ByteBuffer.wrap(key));
	}

	static long of(ByteBuffer key) {
		long hash = ofLength(key.remaining());
		while (key.remaining() >= Long.BYTES) {
			hash = mix(hash ^ key.getLong());
		}
		long rest = 0;
		while (key.hasRemaining()) {
			rest = rest << Byte.SIZE | Byte.toUnsignedLong(key.get());
		}
		return mix(hash ^ rest);
	}

	private static long ofLength(int length) {
		return length * GOLDEN_RATIO;
	}

	private static long mix(long value) {
		long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
		return mixed ^ (mixed >>> 31);
	}

}
