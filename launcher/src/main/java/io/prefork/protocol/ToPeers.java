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

/**
 * What a worker says to other workers. The master passes it on and does not look into it.
 */
public sealed interface ToPeers extends FromWorker {

	/**
	 * Handles each of these messages.
	 */
	interface Handler {

		void askWorkers(AskWorkers message);

		void endAsking(EndAsking message);

		void farewell(Farewell message);

		void answerPart(AnswerPart message);

	}

	/**
	 * A worker asks others that serve; the answer is {@link FromPeers.Asked}, and
	 * {@link FromPeers.PeerPart} and {@link FromPeers.PeerGone} follow.
	 *
	 * @param request identifies the request in the answers
	 * @param slot the slot whose worker is asked; {@value #ALL} for all others
	 * @param question what to ask
	 * @param totals whether the answers are metrics in one of the text formats, of which
	 * the master keeps what workers have counted that are gone; it answers that as slot
	 * {@link FromPeers.PeerPart#GONE} when all others have answered
	 */
	@FrameType(28)
	record AskWorkers(int request, int slot, String question, boolean totals) implements ToPeers {

		/**
		 * All slots.
		 */
		public static final int ALL = -1;

		@Override
		public void accept(FromWorker.Handler handler) {
			handler.askWorkers(this);
		}

	}

	/**
	 * A worker does not wait any longer for the answers to what it asked.
	 *
	 * @param request the request
	 */
	@FrameType(34)
	record EndAsking(int request) implements ToPeers {

		@Override
		public void accept(FromWorker.Handler handler) {
			handler.endAsking(this);
		}

	}

	/**
	 * A part of the answer to a {@link FromPeers.Question}.
	 *
	 * @param question the question
	 * @param content the part
	 * @param last whether the answer is complete with it
	 */
	@FrameType(29)
	record AnswerPart(int question, ByteBuffer content, boolean last) implements ToPeers {

		@Override
		public void accept(FromWorker.Handler handler) {
			handler.answerPart(this);
		}

	}

	/**
	 * A part of what a worker would answer to a question about totals, without being
	 * asked: so that it is known when the worker is gone.
	 *
	 * @param question the question
	 * @param content the part
	 * @param last whether the answer is complete with it
	 */
	@FrameType(35)
	record Farewell(String question, ByteBuffer content, boolean last) implements ToPeers {

		@Override
		public void accept(FromWorker.Handler handler) {
			handler.farewell(this);
		}

	}

}
