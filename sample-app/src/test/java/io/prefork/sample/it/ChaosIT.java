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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.MixedLoad;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.ReleaseDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens in whatever order, the service comes to rest in good order. How long,
 * in which order and with which distribution is set by {@code -Dchaos.seconds=},
 * {@code -Dchaos.seed=} and {@code -Dchaos.distribution=}.
 */
@Tag("slow")
class ChaosIT {

	private static final String CONFIGURATION = """
			server.port: 0
			prefork:
			  workers: 2
			  timeout: 3s
			  graceful-timeout: 5s
			  reload.canary: 1s
			  restart:
			    initial-delay: 100ms
			    max-delay: 1s
			  jvm.options: -XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m
			sample.faults.enabled: true
			""";

	/**
	 * What the master may hold more than at the beginning: classes and helper threads
	 * that the first event of a kind brings, not something per event.
	 */
	private static final int TOLERANCE = 8;

	private static final int WORKERS = 2;

	private static final int MAX_PROCESSES = 5;

	private static final String LOST = "pid=\\d+ (killed by signal|exited with code \\d+ \\((crash|hang)\\))";

	private static final String RELOAD_BEGINS = "reload gen=\\d+ begins";

	private static final Pattern SCALING = Pattern.compile("scaling from \\d+ to (\\d+) workers?");

	private final String distribution = System.getProperty("chaos.distribution", "shared");

	private final long seed = Long.getLong("chaos.seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	private final List<Long> stopped = new ArrayList<>();

	/**
	 * How many workers may have been made to lose what was in flight on them.
	 */
	private int attacks;

	@Test
	void whenAnythingHappensThenServiceComesToRestInGoodOrder(@TempDir Path directory) {
		Duration duration = Duration.ofSeconds(Long.getLong("chaos.seconds", 15));
		System.out.printf("chaos: -Dchaos.seconds=%d -Dchaos.seed=%d -Dchaos.distribution=%s%n", duration.toSeconds(),
				this.seed, this.distribution);
		ReleaseDirectory release = ReleaseDirectory.in(directory)
			.release(CONFIGURATION + "prefork.distribution: " + this.distribution);
		try (PreforkService service = PreforkService.builder().release(release).start().awaitReady()) {
			MixedLoad load = MixedLoad.http11(service, "/pid", 100);
			int descriptors = service.openDescriptors();
			int threads = service.threads();

			long end = System.nanoTime() + duration.toNanos();
			while (System.nanoTime() - end < 0) {
				act(service);
				load.awaitMoreOk(10 + this.random.nextInt(100));
			}
			this.stopped.forEach(ChaosIT::wake);

			awaitRest(service);
			int lost = count(service, LOST);
			load.awaitMoreOk(100).stop("chaos, " + lost + " workers lost in " + this.attacks + " attacks");
			assertThat(lost).isLessThanOrEqualTo(this.attacks);
			assertThat(load.failed()).as(load.results()::toString).isLessThanOrEqualTo((long) load.clients() * lost);
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				assertThat(service.openDescriptors()).isLessThanOrEqualTo(descriptors + TOLERANCE);
				assertThat(service.threads()).isLessThanOrEqualTo(threads + TOLERANCE);
			});
			service.terminate();
			assertThat(service.awaitExit()).isZero();
			service.awaitNoProcessLeft();
		}
	}

	private void act(PreforkService service) {
		SortedMap<Integer, Long> ready = service.readyWorkers();
		List<Long> pids = List.copyOf(ready.values());
		long pid = pids.isEmpty() ? 0 : pids.get(this.random.nextInt(pids.size()));
		int action = this.random.nextInt(10);
		if (action < 5 && pid == 0) {
			return;
		}
		System.out.printf("chaos: %s, pid %d of %s%n",
				List.of("KILL", "STOP", "CONT", "block", "TERM", "HUP", "TTIN", "USR1", "WINCH", "TTOU").get(action),
				pid, ready);
		switch (action) {
			case 0 -> attack(pid, "KILL");
			case 1 -> stop(pid);
			case 2 -> this.stopped.forEach(ChaosIT::wake);
			case 3 -> block(service);
			case 4 -> signal(pid, "TERM");
			case 5 -> service.signal("HUP");
			case 6 -> scaleUp(service);
			case 7 -> service.signal("USR1");
			case 8 -> pause(service);
			default -> service.signal("TTOU");
		}
	}

	private boolean attack(long pid, String signal) {
		boolean hit = signal(pid, signal);
		this.attacks += hit ? 1 : 0;
		return hit;
	}

	private void stop(long pid) {
		if (attack(pid, "STOP")) {
			this.stopped.add(pid);
		}
	}

	/**
	 * Block an event loop for a moment; several times in a row it is taken for a hang.
	 * @param service the service
	 */
	private void block(PreforkService service) {
		this.attacks++;
		CompletableFuture.runAsync(() -> Http.http11().get(service.url("/block?ms=1500")));
	}

	private static void pause(PreforkService service) {
		int from = service.signal("WINCH");
		service.awaitLine(from, "all workers drain; the port stays open");
		service.signal("TTIN");
	}

	private static void scaleUp(PreforkService service) {
		if (service.descendants().size() < MAX_PROCESSES) {
			service.signal("TTIN");
		}
	}

	private static void awaitRest(PreforkService service) {
		awaitReloads(service);
		int workers = scale(service, "TTIN");
		while (workers > WORKERS) {
			workers = scale(service, "TTOU");
		}
		awaitReloads(service);
		service.awaitReadySlots(WORKERS);
		service.awaitProcesses(WORKERS);
		assertThat(service.descendants()).containsExactlyInAnyOrderElementsOf(service.readyWorkers().values());
	}

	private static void awaitReloads(PreforkService service) {
		service.awaitLines("reload gen=\\d+ (succeeded|rolled back)", count(service, RELOAD_BEGINS));
	}

	/**
	 * Change the number of workers by one.
	 * @param service the service
	 * @param signal the signal
	 * @return the number of workers that the master says it wants then
	 */
	private static int scale(PreforkService service, String signal) {
		int from = service.signal(signal);
		Matcher scaling = SCALING.matcher(service.awaitLine(from, SCALING.pattern()));
		assertThat(scaling.find()).isTrue();
		return Integer.parseInt(scaling.group(1));
	}

	private static int count(PreforkService service, String pattern) {
		Pattern compiled = Pattern.compile(pattern);
		return (int) service.lines().stream().filter((line) -> compiled.matcher(line).find()).count();
	}

	private static void wake(long pid) {
		signal(pid, "CONT");
	}

	/**
	 * Send a signal to a worker that may have gone in the meantime.
	 * @param pid the worker
	 * @param signal the signal
	 * @return whether it was still there
	 */
	private static boolean signal(long pid, String signal) {
		try {
			PreforkService.signal(pid, signal);
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

}
