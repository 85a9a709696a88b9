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

import io.prefork.status.ServiceStatus;

/**
 * What a master answers to an {@link OperatorRequest}.
 */
public sealed interface OperatorAnswer extends FromMaster {

	/**
	 * Handles the answers to what an operator asked for.
	 */
	interface Handler {

		void status(Status message);

		void accepted(Accepted message);

		void rejected(Rejected message);

	}

	/**
	 * The answer to {@link OperatorRequest.GetStatus}.
	 *
	 * @param request the request
	 * @param status the state of the service
	 */
	@FrameType(25)
	record Status(int request, ServiceStatus status) implements OperatorAnswer {

		@Override
		public void accept(FromMaster.Handler handler) {
			handler.status(this);
		}

	}

	/**
	 * What an operator asked for is begun.
	 *
	 * @param request the request
	 * @param number what the request says about it
	 */
	@FrameType(26)
	record Accepted(int request, int number) implements OperatorAnswer {

		@Override
		public void accept(FromMaster.Handler handler) {
			handler.accepted(this);
		}

	}

	/**
	 * What an operator asked for can't be.
	 *
	 * @param request the request
	 * @param cause what kind of reason there is
	 * @param reason why, as text for people
	 */
	@FrameType(27)
	record Rejected(int request, Cause cause, String reason) implements OperatorAnswer {

		/**
		 * Why something can't be.
		 */
		public enum Cause {

			/**
			 * What was asked for makes no sense.
			 */
			INVALID,

			/**
			 * It is about something that is not there.
			 */
			UNKNOWN,

			/**
			 * Not now.
			 */
			CONFLICT

		}

		@Override
		public void accept(FromMaster.Handler handler) {
			handler.rejected(this);
		}

	}

}
