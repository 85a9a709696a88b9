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

/**
 * What an operator asks of a master, by way of a worker. Each has a number, by which its
 * {@link OperatorAnswer} is known.
 */
public sealed interface OperatorRequest extends FromWorker {

	/**
	 * Give this request to whoever answers it.
	 * @param handler the handler
	 */
	void answer(Handler handler);

	@Override
	default void accept(FromWorker.Handler handler) {
		answer(handler);
	}

	/**
	 * Handles what an operator asks for. Each is answered with what its request was.
	 */
	interface Handler {

		void getStatus(GetStatus message);

		void reload(Reload message);

		void scale(Scale message);

		void recycle(Recycle message);

		void stop(Stop message);

	}

	/**
	 * An operator asks for the state of the service; the answer is
	 * {@link OperatorAnswer.Status}.
	 *
	 * @param request identifies the request in the answer
	 * @param slot the slot whose last stall and last output are wanted, too;
	 * {@value #NO_SLOT} for none
	 * @param usage whether it is wanted what each worker has of the machine, which takes
	 * some milliseconds for each
	 * @param history whether it is wanted what happened last
	 */
	@FrameType(21)
	record GetStatus(int request, int slot, boolean usage, boolean history) implements OperatorRequest {

		/**
		 * No slot in particular.
		 */
		public static final int NO_SLOT = -1;

		@Override
		public void answer(Handler handler) {
			handler.getStatus(this);
		}

	}

	/**
	 * An operator asks for a new generation; the answer is
	 * {@link OperatorAnswer.Accepted} with its number, or
	 * {@link OperatorAnswer.Rejected}.
	 *
	 * @param request identifies the request in the answer
	 */
	@FrameType(22)
	record Reload(int request) implements OperatorRequest {

		@Override
		public void answer(Handler handler) {
			handler.reload(this);
		}

	}

	/**
	 * An operator asks for another number of workers; the answer is
	 * {@link OperatorAnswer.Accepted} with the number, or
	 * {@link OperatorAnswer.Rejected}.
	 *
	 * @param request identifies the request in the answer
	 * @param workers how many there should be
	 */
	@FrameType(23)
	record Scale(int request, int workers) implements OperatorRequest {

		@Override
		public void answer(Handler handler) {
			handler.scale(this);
		}

	}

	/**
	 * An operator asks for another worker in a slot; the answer is
	 * {@link OperatorAnswer.Accepted} with the slot, or {@link OperatorAnswer.Rejected}.
	 *
	 * @param request identifies the request in the answer
	 * @param slot the slot
	 */
	@FrameType(24)
	record Recycle(int request, int slot) implements OperatorRequest {

		@Override
		public void answer(Handler handler) {
			handler.recycle(this);
		}

	}

	/**
	 * An operator asks for the end of the service; the answer is
	 * {@link OperatorAnswer.Accepted}, and the connection ends with the master.
	 *
	 * @param request identifies the request in the answer
	 * @param quick whether to cut what is in flight
	 */
	@FrameType(40)
	record Stop(int request, boolean quick) implements OperatorRequest {

		@Override
		public void answer(Handler handler) {
			handler.stop(this);
		}

	}

}
