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

package io.prefork.boot.web;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;

import io.netty.channel.ServerChannel;
import io.netty.util.AttributeKey;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.prefork.boot.accept.AcceptGate;
import io.prefork.protocol.FromWorker;

/**
 * A request that a worker sends to itself before it is ready.
 */
public final class Probe {

	/**
	 * Whether the server of a listener speaks TLS.
	 */
	public static final AttributeKey<Boolean> TLS = AttributeKey.valueOf(Probe.class, "TLS");

	private static final Log logger = LogFactory.getLog(Probe.class);

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final int NONE = 0;

	private static final String AGENT = "prefork-probe";

	private Probe() {
	}

	/**
	 * Ask the application, blocking until it has answered. Not for event loops.
	 * @param gate the worker's gate, whose first listener's server is asked
	 * @param path the path of the request; empty for no request
	 * @return the status of the answer; 0 if nothing was asked or the server speaks
	 * another protocol, {@link FromWorker.Ready#PROBE_FAILED} if it did not answer in
	 * time
	 */
	public static int ask(AcceptGate gate, String path) {
		return ask(gate, path, LIMIT);
	}

	public static int ask(AcceptGate gate, String path, Duration limit) {
		ServerChannel server = gate.firstListener();
		if (path.isEmpty() || server == null) {
			return NONE;
		}
		try (Entrance entrance = Entrance.to(server, gate)) {
			return entrance.client().get(path, AGENT, limit);
		}
		catch (SocketTimeoutException ex) {
			return FromWorker.Ready.PROBE_FAILED;
		}
		catch (IOException | GeneralSecurityException ex) {
			// A server that wants a certificate or the PROXY protocol is not ill.
			logger.info("The worker could not send a request to itself: " + ex);
			return NONE;
		}
	}

}
