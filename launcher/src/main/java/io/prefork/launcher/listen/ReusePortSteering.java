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

	private static final int RETURN_ACCUMULATOR = 0x16;

	private static final int INSTRUCTION_BYTES = 8;

	private static final int INSTRUCTIONS = 3;

	private static final int PROGRAM_BYTES = 16;

	private static final int POINTER_OFFSET = 8;

	private ReusePortSteering() {
	}

	/**
	 * Let new connections go to the first sockets of a group, each as often as the
	 * others.
	 * @param count the number of sockets
	 * @param descriptor the descriptor of any socket of the group
	 * @throws IOException if the kernel refuses
	 */
	static void toFirst(int count, int descriptor) throws IOException {
		CleanableDirectBuffer memory = Buffer.allocateDirectBufferWithNativeOrder(INSTRUCTIONS * INSTRUCTION_BYTES);
		ByteBuffer filter = memory.buffer();
		try {
			instruction(filter, LOAD_WORD_ABSOLUTE, RANDOM_NUMBER);
			instruction(filter, MODULO_CONSTANT, count);
			instruction(filter, RETURN_ACCUMULATOR, 0);
			ByteBuffer program = ByteBuffer.allocateDirect(PROGRAM_BYTES).order(ByteOrder.nativeOrder());
			program.putShort(0, (short) INSTRUCTIONS);
			program.putLong(POINTER_OFFSET, Buffer.memoryAddress(filter));
			new Socket(descriptor).setRawOpt(SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, program);
		}
		finally {
			memory.clean();
		}
	}

	private static void instruction(ByteBuffer filter, int code, int constant) {
		filter.putShort((short) code).put((byte) 0).put((byte) 0).putInt(constant);
	}

}
