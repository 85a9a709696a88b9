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

package io.prefork.launcher.listen;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.Socket;
import io.netty.util.internal.CleanableDirectBuffer;

/**
 * Tells the kernel which sockets of a SO_REUSEPORT group get new connections, by a
 * classic BPF program for the whole group (SO_ATTACH_REUSEPORT_CBPF, see socket(7)).
 */
final class ReusePortSteering {

	// Constants of socket(7) and linux/bpf_common.h; they are the same on x86-64 and
	// aarch64.
	private static final int SOL_SOCKET = 1;

	private static final int SO_ATTACH_REUSEPORT_CBPF = 51;

	private static final int LOAD_WORD_ABSOLUTE = 0x20;

	private static final int RANDOM_NUMBER = -0x1000 + 56;

	private static final int MODULO_CONSTANT = 0x94;

	private static final int JUMP_IF_AT_LEAST = 0x35;

	private static final int RETURN_CONSTANT = 0x06;

	private static final int INSTRUCTION_BYTES = 8;

	private static final int PROGRAM_BYTES = 16;

	private static final int POINTER_OFFSET = 8;

	private ReusePortSteering() {
	}

	/**
	 * Let new connections go to the first sockets of a group, to each as often as its
	 * weight says.
	 * @param weights the weights, each at least 1
	 * @param descriptor the descriptor of any socket of the group
	 * @throws IOException if the kernel refuses
	 */
	static void by(List<Integer> weights, int descriptor) throws IOException {
		int last = weights.size() - 1;
		int instructions = 2 * last + 3;
		CleanableDirectBuffer memory = Buffer.allocateDirectBufferWithNativeOrder(instructions * INSTRUCTION_BYTES);
		ByteBuffer filter = memory.buffer();
		try {
			instruction(filter, LOAD_WORD_ABSOLUTE, 0, RANDOM_NUMBER);
			instruction(filter, MODULO_CONSTANT, 0, weights.stream().mapToInt(Integer::intValue).sum());
			int limit = 0;
			for (int number = 0; number < last; number++) {
				limit += weights.get(number);
				instruction(filter, JUMP_IF_AT_LEAST, 1, limit);
				instruction(filter, RETURN_CONSTANT, 0, number);
			}
			instruction(filter, RETURN_CONSTANT, 0, last);
			ByteBuffer program = ByteBuffer.allocateDirect(PROGRAM_BYTES).order(ByteOrder.nativeOrder());
			program.putShort(0, (short) instructions);
			program.putLong(POINTER_OFFSET, Buffer.memoryAddress(filter));
			new Socket(descriptor).setRawOpt(SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, program);
		}
		finally {
			memory.clean();
		}
	}

	private static void instruction(ByteBuffer filter, int code, int skipped, int constant) {
		filter.putShort((short) code).put((byte) skipped).put((byte) 0).putInt(constant);
	}

}
