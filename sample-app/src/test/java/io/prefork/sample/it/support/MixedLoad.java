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

package io.prefork.sample.it.support;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Load in all modes at once, for as long as something else is tested.
 */
public final class MixedLoad {

	private static final Duration LIMIT = Duration.ofMinutes(30);

	private final Map<LoadMode, LoadRun> runs = new EnumMap<>(LoadMode.class);

	private MixedLoad(int port, String path, List<LoadMode> modes, int rate) {
		for (LoadMode mode : modes) {
			this.runs.put(mode,
					LoadClient.against(port)
						.path(path)
						.mode(mode)
						.connections(8)
						.requests(Long.MAX_VALUE)
						.rate(rate)
						.limit(LIMIT)
						.start());
		}
		awaitMoreOk(100);
	}

	/**
	 * Start to send clear-text requests in all modes; the server has to have HTTP/2
	 * enabled.
	 * @param service the service
	 * @param path the path to request
	 * @return the load, which flows
	 */
	public static MixedLoad clearText(PreforkService service, String path) {
		return clearText(service, path, 100);
	}

	/**
	 * Start to send clear-text requests in all modes; the server has to have HTTP/2
	 * enabled.
	 * @param service the service
	 * @param path the path to request
	 * @param rate the number of requests per second of each mode
	 * @return the load, which flows
	 */
	public static MixedLoad clearText(PreforkService service, String path, int rate) {
		return new MixedLoad(service.port(), path,
				List.of(LoadMode.KEEP_ALIVE, LoadMode.CONNECTION_PER_REQUEST, LoadMode.HTTP2), rate);
	}

	/**
	 * Start to send requests over HTTP/1.1, with and without keep-alive.
	 * @param service the service
	 * @param path the path to request
	 * @param rate the number of requests per second of each mode
	 * @return the load, which flows
	 */
	public static MixedLoad http11(PreforkService service, String path, int rate) {
		return new MixedLoad(service.port(), path, List.of(LoadMode.KEEP_ALIVE, LoadMode.CONNECTION_PER_REQUEST), rate);
	}

	/**
	 * Start to send requests over TLS and HTTP/2.
	 * @param service the service
	 * @param path the path to request
	 * @param rate the number of requests per second
	 * @return the load, which flows
	 */
	public static MixedLoad tls(PreforkService service, String path, int rate) {
		return new MixedLoad(service.port(), path, List.of(LoadMode.HTTP2_TLS), rate);
	}

	/**
	 * Wait until that many more requests have succeeded in each mode.
	 * @param requests the number of requests
	 * @return this
	 */
	public MixedLoad awaitMoreOk(long requests) {
		this.runs.values().forEach((run) -> run.awaitMoreOk(requests));
		return this;
	}

	/**
	 * Return what has been counted up to now.
	 * @return results by mode
	 */
	public Map<LoadMode, LoadResult> results() {
		Map<LoadMode, LoadResult> results = new EnumMap<>(LoadMode.class);
		this.runs.forEach((mode, run) -> results.put(mode, run.result()));
		return results;
	}

	public long total() {
		return results().values().stream().mapToLong(LoadResult::total).sum();
	}

	public long failed() {
		return results().values().stream().mapToLong(LoadResult::failed).sum();
	}

	public long lost() {
		return results().values().stream().mapToLong(LoadResult::lost).sum();
	}

	/**
	 * Return how many clients there are, which is the most that can be in flight.
	 * @return the number of clients
	 */
	public int clients() {
		return 8 * this.runs.size();
	}

	/**
	 * Stop and print what was counted.
	 * @param what what was tested meanwhile
	 * @return this
	 */
	public MixedLoad stop(String what) {
		this.runs.values().forEach(LoadRun::stop);
		results().forEach((mode, result) -> System.out.printf("%s, %s: %s%n", what, mode, result));
		return this;
	}

	/**
	 * Stop, print what was counted, and verify that not a single request failed.
	 * @param what what was tested meanwhile
	 */
	public void stopAndVerifyNoneFailed(String what) {
		stop(what);
		verifyNoneFailed();
	}

	public void verifyNoneFailed() {
		assertThat(results()).allSatisfy((mode, result) -> assertThat(result.failed()).as(result::toString).isZero());
	}

}
