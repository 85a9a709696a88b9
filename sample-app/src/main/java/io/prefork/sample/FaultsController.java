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

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.CountDownLatch;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Does on request what no application should, if {@code sample.faults.enabled} is set.
 */
@RestController
@ConditionalOnBooleanProperty("sample.faults.enabled")
class FaultsController {

	private static final int MAX_BLOCK_MILLIS = 3_600_000;

	private static final int MAX_EXIT_CODE = 255;

	private static final int MAX_CHILD_SECONDS = 3600;

	private static final int MAX_LEAK_MEBIBYTES = 1024;

	private final MemoryHoard hoard = new MemoryHoard();

	/**
	 * Sleep on the event loop. Spring may run methods with a plain return type on an
	 * executor, but never this one.
	 * @param ms how long, in milliseconds
	 * @return the answer, when the time is over
	 */
	@GetMapping(path = "/block", produces = MediaType.TEXT_PLAIN_VALUE)
	Mono<String> block(@RequestParam(defaultValue = "1000") int ms) {
		Parameters.checkRange("ms", ms, 0, MAX_BLOCK_MILLIS);
		return Mono.fromCallable(() -> {
			Thread.sleep(ms);
			return "Blocked for " + ms + " ms";
		});
	}

	/**
	 * Block the event loop for ever.
	 * @return no answer
	 */
	@GetMapping("/hang")
	Mono<Void> hang() {
		return Mono.fromCallable(() -> {
			new CountDownLatch(1).await();
			return null;
		});
	}

	/**
	 * Block the event loop for ever by a deadlock with another thread.
	 * @return no answer
	 */
	@GetMapping("/deadlock")
	Mono<Void> deadlock() {
		return Mono.fromRunnable(() -> new Deadlock().enter());
	}

	/**
	 * Exit soon; the client may or may not see the response.
	 * @param code the exit code
	 */
	@PostMapping("/faults/exit")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void exit(@RequestParam(defaultValue = "1") int code) {
		Parameters.checkRange("code", code, 0, MAX_EXIT_CODE);
		new Thread(() -> Runtime.getRuntime().exit(code), "exit").start();
	}

	/**
	 * Fill the heap, and keep it full.
	 */
	@PostMapping("/faults/oom")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void oom() {
		new Thread(this.hoard::fill, "oom").start();
	}

	/**
	 * Make so much memory unavailable for good.
	 * @param mb how much, in MiB
	 * @return how much is kept altogether, in MiB
	 */
	@PostMapping(path = "/faults/leak", produces = MediaType.TEXT_PLAIN_VALUE)
	String leak(@RequestParam(defaultValue = "10") int mb) {
		Parameters.checkRange("mb", mb, 1, MAX_LEAK_MEBIBYTES);
		return Long.toString(this.hoard.add(mb));
	}

	/**
	 * Start a process that outlives this one, and wait for it no more.
	 * @param seconds how long it runs
	 * @return its process id
	 * @throws IOException if it can't be started
	 */
	@PostMapping(path = "/faults/child", produces = MediaType.TEXT_PLAIN_VALUE)
	String child(@RequestParam(defaultValue = "60") int seconds) throws IOException {
		Parameters.checkRange("seconds", seconds, 0, MAX_CHILD_SECONDS);
		Process child = new ProcessBuilder("sleep", Integer.toString(seconds)).redirectInput(Redirect.INHERIT)
			.redirectOutput(Redirect.DISCARD)
			.redirectError(Redirect.DISCARD)
			.start();
		return Long.toString(child.pid());
	}

}
