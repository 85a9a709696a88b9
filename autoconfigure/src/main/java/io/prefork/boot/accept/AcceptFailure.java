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

package io.prefork.boot.accept;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.unix.Errors.NativeIoException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What happens when a connection can't be accepted, most often because there are too many
 * open files: a rest, instead of trying again at once.
 */
public final class AcceptFailure {

	private static final Log logger = LogFactory.getLog(AcceptFailure.class);

	private static final Duration REST = Duration.ofSeconds(1);

	private static final int TOO_MANY_FILES = -24;

	private AcceptFailure() {
	}

	/**
	 * Let a listener rest. Call it on the listener's event loop.
	 * @param listener the listener
	 * @param gate whether it accepts after that
	 * @param cause what failed
	 */
	public static void rest(Channel listener, AcceptGate gate, Throwable cause) {
		if (listener.config().isAutoRead()) {
			logger.warn("This worker can't accept a connection for a second: %s%s".formatted(cause.getMessage(),
					remedy(cause)));
			listener.config().setAutoRead(false);
			listener.eventLoop().schedule(() -> {
				if (listener.isOpen()) {
					listener.config().setAutoRead(gate.isAccepting());
				}
			}, REST.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private static String remedy(Throwable cause) {
		return (cause instanceof NativeIoException failure && failure.expectedErr() == TOO_MANY_FILES)
				? "; raise the limit of open files (ulimit -n, LimitNOFILE= in a systemd unit)" : "";
	}

}
