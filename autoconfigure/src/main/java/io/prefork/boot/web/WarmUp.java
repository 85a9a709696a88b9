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
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

import io.netty.channel.ServerChannel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.prefork.boot.accept.AcceptGate;

/**
 * Requests that a worker sends to itself before it is ready, so that what they need is
 * loaded and compiled when the first client comes. They come to the server as a client's
 * do.
 */
public final class WarmUp {

	private static final Log logger = LogFactory.getLog(WarmUp.class);

	private static final String AGENT = "prefork-warm-up";

	private static final int ROUND = 500;

	/**
	 * Rounds that take more than this share of the best one so far have settled, if there
	 * are several in a row.
	 */
	private static final double SETTLED = 0.95;

	private static final int SETTLED_ROUNDS = 4;

	private static final int SERVER_ERROR = 500;

	private WarmUp() {
	}

	/**
	 * Send requests until their latency has settled, one does not succeed, or the time is
	 * over. Blocks meanwhile. Not for event loops.
	 * @param gate the worker's gate, whose first listener's server is asked
	 * @param paths the paths, which are asked in turn; empty for no requests
	 * @param limit how long to go on at most
	 * @return how many have been answered
	 */
	public static int run(AcceptGate gate, List<String> paths, Duration limit) {
		ServerChannel server = gate.firstListener();
		if (paths.isEmpty() || server == null) {
			return 0;
		}
		try (Entrance entrance = Entrance.to(server, gate)) {
			return run(entrance.client(), paths, limit);
		}
		catch (IOException | GeneralSecurityException ex) {
			logger.info("The worker could not warm up: " + ex);
			return 0;
		}
	}

	/**
	 * The same with a client.
	 * @param client sends the requests
	 * @param paths the paths, which are asked in turn; empty for no requests
	 * @param limit how long to go on at most
	 * @return how many have been answered
	 */
	static int run(LoopbackClient client, List<String> paths, Duration limit) {
		if (paths.isEmpty()) {
			return 0;
		}
		long begun = System.nanoTime();
		int answered = 0;
		int settled = 0;
		Duration first = Duration.ZERO;
		Duration best = Duration.ZERO;
		while (settled < SETTLED_ROUNDS) {
			long round = System.nanoTime();
			int more = round(client, paths, answered, begun + limit.toNanos());
			answered += more;
			if (more < ROUND) {
				break;
			}
			Duration took = Duration.ofNanos(System.nanoTime() - round).dividedBy(ROUND);
			settled = (took.toNanos() > best.toNanos() * SETTLED && !best.isZero()) ? settled + 1 : 0;
			first = first.isZero() ? took : first;
			best = (best.isZero() || took.compareTo(best) < 0) ? took : best;
		}
		report(answered, begun, first, best);
		return answered;
	}

	/**
	 * Send the requests of one round.
	 * @param client sends them
	 * @param paths the paths
	 * @param before how many requests have been answered before
	 * @param end when to stop, see {@link System#nanoTime}
	 * @return how many have been answered; less than a round if there is to be no other
	 */
	private static int round(LoopbackClient client, List<String> paths, int before, long end) {
		for (int answered = 0; answered < ROUND; answered++) {
			Duration rest = Duration.ofNanos(end - System.nanoTime());
			if (rest.toMillis() <= 0 || !ask(client, paths.get((before + answered) % paths.size()), rest)) {
				return answered;
			}
		}
		return ROUND;
	}

	private static boolean ask(LoopbackClient client, String path, Duration limit) {
		try {
			int status = client.get(path, AGENT, limit);
			if (status < SERVER_ERROR) {
				return true;
			}
			logger.info("The worker stops warming up: %s answers %d".formatted(path, status));
		}
		catch (IOException ex) {
			logger.info("The worker stops warming up: %s: %s".formatted(path, ex));
		}
		return false;
	}

	private static void report(int answered, long begun, Duration first, Duration best) {
		if (logger.isInfoEnabled()) {
			logger.info("Warmed up with %d requests in %.1f s: %d us each at first, %d us at best".formatted(answered,
					(System.nanoTime() - begun) / 1e9, first.toNanos() / 1000, best.toNanos() / 1000));
		}
	}

}
