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

package io.prefork.protocol;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What other workers say to a worker, passed on by the master.
 */
public sealed interface FromPeers extends FromMaster {

	/**
	 * Handles what other workers ask and answer.
	 */
	interface Handler {

		void question(Question message);

		void asked(Asked message);

		void peerPart(PeerPart message);

		void peerGone(PeerGone message);

	}

	/**
	 * Another worker asks something; the answer is {@link ToPeers.AnswerPart}.
	 *
	 * @param number identifies the question in the answer
	 * @param question what is asked
	 */
	@FrameType(30)
	record Question(int number, String question) implements FromPeers {

		@Override
		public void accept(FromMaster.Handler handler) {
			handler.question(this);
		}

	}

	/**
	 * The workers that were asked by {@link ToPeers.AskWorkers}.
	 *
	 * @param request the request
	 * @param peers the workers, whose answers follow in any order
	 */
	@FrameType(31)
	record Asked(int request, List<Peer> peers) implements FromPeers {

		public Asked {
			peers = List.copyOf(peers);
		}

		@Override
		public void accept(FromMaster.Handler handler) {
			handler.asked(this);
		}

		/**
		 * A worker that was asked.
		 *
		 * @param slot its slot
		 */
		public record Peer(int slot) {

		}

	}

	/**
	 * A part of what another worker answers to {@link ToPeers.AskWorkers}.
	 *
	 * @param request the request
	 * @param slot the worker's slot; {@value #GONE} for what workers have left that have
	 * not answered, or are gone
	 * @param content the part
	 * @param last whether the answer is complete with it
	 */
	@FrameType(32)
	record PeerPart(int request, int slot, ByteBuffer content, boolean last) implements FromPeers {

		/**
		 * No slot.
		 */
		public static final int GONE = -1;

		@Override
		public void accept(FromMaster.Handler handler) {
			handler.peerPart(this);
		}

	}

	/**
	 * A worker that was asked by {@link ToPeers.AskWorkers} will not answer.
	 *
	 * @param request the request
	 * @param slot the worker's slot
	 */
	@FrameType(33)
	record PeerGone(int request, int slot) implements FromPeers {

		@Override
		public void accept(FromMaster.Handler handler) {
			handler.peerGone(this);
		}

	}

}
