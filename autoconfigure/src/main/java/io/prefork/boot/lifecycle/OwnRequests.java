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

package io.prefork.boot.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;

import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.drain.RequestCounter;
import io.prefork.boot.web.Probe;
import io.prefork.boot.web.WarmUp;

/**
 * What a worker asks itself before it is ready.
 *
 * @param probe the path of the request whose answer the master is told; empty for none
 * @param warmUp the paths that it is warmed up with; empty for none
 * @param warmUpLimit how long that may take
 */
public record OwnRequests(String probe, List<String> warmUp, Duration warmUpLimit) {

	/**
	 * No requests.
	 */
	public static final OwnRequests NONE = new OwnRequests("", List.of(), Duration.ZERO);

	public OwnRequests {
		warmUp = List.copyOf(warmUp);
	}

	/**
	 * Ask, later and on another thread if there is something to ask.
	 * @param gate the worker's gate
	 * @param warms whether the worker warms up
	 * @param counter what has counted these requests forgets them
	 * @param answered is told the status of the probe's answer
	 */
	void ask(AcceptGate gate, boolean warms, RequestCounter counter, IntConsumer answered) {
		if (this.probe.isEmpty() && this.warmUp.isEmpty()) {
			answered.accept(0);
			return;
		}
		new Thread(() -> {
			if (warms && WarmUp.run(gate, this.warmUp, this.warmUpLimit) > 0) {
				counter.reset();
			}
			answered.accept(Probe.ask(gate, this.probe));
		}, "prefork-probe").start();
	}

}
