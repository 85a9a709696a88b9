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

package io.prefork.sample;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.LongSupplier;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Takes its time to answer, waiting or computing.
 */
@RestController
class WorkController {

	private static final int MAX_WAIT_MILLIS = 3_600_000;

	private static final int MAX_BURN_MILLIS = 60_000;

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	/**
	 * Some microseconds, for a look at the clock takes one.
	 */
	private static final int BETWEEN_LOOKS = 100;

	/**
	 * Wait without holding a thread, as a call to another service does.
	 * @param ms how long, in milliseconds
	 * @return the answer, when the time is over
	 */
	@GetMapping(path = "/slow", produces = MediaType.TEXT_PLAIN_VALUE)
	Mono<String> slow(@RequestParam(defaultValue = "100") int ms) {
		Parameters.checkRange("ms", ms, 0, MAX_WAIT_MILLIS);
		return Mono.delay(Duration.ofMillis(ms)).map((tick) -> "Waited " + ms + " ms");
	}

	/**
	 * Use a CPU on the calling thread. That is an event loop unless handler methods are
	 * run elsewhere, so every other request of that loop waits meanwhile.
	 * @param ms how much CPU time, in milliseconds
	 * @return the number of iterations
	 */
	@GetMapping(path = "/burn", produces = MediaType.TEXT_PLAIN_VALUE)
	String burn(@RequestParam(defaultValue = "100") int ms) {
		Parameters.checkRange("ms", ms, 0, MAX_BURN_MILLIS);
		// A virtual thread has no CPU time, see ThreadMXBean.
		LongSupplier clock = (THREADS.getCurrentThreadCpuTime() < 0) ? System::nanoTime
				: THREADS::getCurrentThreadCpuTime;
		long end = clock.getAsLong() + Duration.ofMillis(ms).toNanos();
		long iterations = 0;
		while (clock.getAsLong() < end) {
			for (int index = 0; index < BETWEEN_LOOKS; index++) {
				Thread.onSpinWait();
			}
			iterations += BETWEEN_LOOKS;
		}
		return Long.toString(iterations);
	}

}
