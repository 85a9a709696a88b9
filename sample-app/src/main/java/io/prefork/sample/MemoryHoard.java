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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps memory reachable; safe for use by several threads.
 */
final class MemoryHoard {

	/**
	 * Small, so that no region of the heap is set aside for a single piece.
	 */
	private static final int PIECE_SIZE = 64 * 1024;

	private static final int PIECES_PER_MEBIBYTE = 1024 * 1024 / PIECE_SIZE;

	private final Queue<byte[]> pieces = new ConcurrentLinkedQueue<>();

	/**
	 * Keep more memory.
	 * @param mebibytes how much, in MiB
	 * @return how much is kept now, in MiB
	 */
	long add(int mebibytes) {
		for (int i = 0; i < mebibytes * PIECES_PER_MEBIBYTE; i++) {
			addPiece();
		}
		return this.pieces.size() / PIECES_PER_MEBIBYTE;
	}

	/**
	 * Keep memory until there is no more.
	 * @throws OutOfMemoryError always
	 */
	void fill() {
		while (true) {
			addPiece();
		}
	}

	private void addPiece() {
		this.pieces.add(new byte[PIECE_SIZE]);
	}

}
