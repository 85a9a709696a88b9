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

package io.prefork.sample.it;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.prefork.sample.it.support.MixedLoad;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.SharedServices;
import io.prefork.sample.it.support.SharedServicesExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers are added and taken away while requests go on.
 */
@ExtendWith(SharedServicesExtension.class)
class ScaleIT {

	private static final Pattern DRAINING = Pattern.compile("worker=(\\d+) gen=\\d+ pid=\\d+ draining");

	@Test
	void whenScaledUpAndDownUnderLoadThenNoRequestFails(SharedServices services) {
		PreforkService service = services.standard();
		MixedLoad load = MixedLoad.clearText(service, "/pid");

		scale(service, "TTIN", 2, 3);
		scale(service, "TTIN", 3, 4);
		service.awaitReadySlots(4);
		load.awaitMoreOk(200);
		int from = scale(service, "TTOU", 4, 3);
		scale(service, "TTOU", 3, 2);
		scale(service, "TTOU", 2, 1);
		service.awaitReadySlots(1);
		service.awaitProcesses(1);

		load.awaitMoreOk(100).stopAndVerifyNoneFailed("2, 4, 1 workers");
		assertThat(drained(service.lines().subList(from, service.lines().size()))).containsExactly("3", "2", "1");
		assertThat(String.join("\n", service.lines().subList(from, service.lines().size())))
			.containsPattern("worker=3 .* exited with code \\d+ \\(scale\\)");
		verifyLastWorkerStays(service);
	}

	private static void verifyLastWorkerStays(PreforkService service) {
		long last = service.readyWorker(0);

		service.awaitLine(service.signal("TTOU"), "cannot scale below 1 worker");
		scale(service, "TTIN", 1, 2);

		service.awaitReadySlots(2);
		assertThat(service.readyWorker(0)).isEqualTo(last);
	}

	private static int scale(PreforkService service, String signal, int before, int after) {
		int from = service.signal(signal);
		service.awaitLine(from, "scaling from " + before + " to " + after + " workers?");
		return from;
	}

	private static List<String> drained(List<String> lines) {
		return lines.stream().map(DRAINING::matcher).filter(Matcher::find).map((line) -> line.group(1)).toList();
	}

}
