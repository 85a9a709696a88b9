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
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.HttpReply;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.SharedServices;
import io.prefork.sample.it.support.SharedServicesExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What operators see of the service, and do with it, by way of any worker.
 */
@ExtendWith(SharedServicesExtension.class)
class ActuatorIT {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final PreforkService service;

	ActuatorIT(SharedServices services) {
		this.service = services.operated();
	}

	@Test
	void whenAnyWorkerIsAskedThenItAnswersForAll() {
		List<Long> pids = List.copyOf(this.service.readyWorkers().values());

		// Each on a connection of its own, until both workers have answered.
		await().atMost(LIMIT).until(() -> {
			HttpReply reply = get("/actuator/workers");
			assertThat(reply.status()).isEqualTo(200);
			assertThat(this.<Integer>read(reply, "$.master.pid")).isEqualTo((int) this.service.pid());
			assertThat(this.<Integer>read(reply, "$.master.ready")).isEqualTo(2);
			assertThat(this.<String>read(reply, "$.listeners[0].address")).endsWith(":" + this.service.port());
			assertThat(this.<Integer>read(reply, "$.listeners[0].waiting")).isNotNegative();
			assertThat(this.<List<Integer>>read(reply, "$.workers[*].process.pid"))
				.isEqualTo(pids.stream().map(Long::intValue).toList());
			assertThat(this.<List<String>>read(reply, "$.workers[*].state")).containsExactly("ready", "ready");
			assertThat(this.<List<Integer>>read(reply, "$.workers[*].process.usage.pss")).allMatch((pss) -> pss > 0);
			return this.<List<Integer>>read(reply, "$.workers[*].load.requests")
				.stream()
				.allMatch((requests) -> requests > 0);
		});
	}

	@Test
	void whenWorkerIsKilledThenItsSlotSaysHowItEnded() {
		long killed = this.service.readyWorker(1);

		PreforkService.signal(killed, "KILL");
		this.service.awaitWorkerReady(1, killed);

		HttpReply reply = get("/actuator/workers/1");
		assertThat(this.<String>read(reply, "$.workers[0].restarts.last.end")).isEqualTo("killed by signal 9 (KILL)");
		assertThat(this.<String>read(reply, "$.workers[0].restarts.last.reason")).isEqualTo("crash");
		assertThat(this.<List<String>>read(reply, "$.history[*].what")).contains("killed by signal 9 (KILL) (crash)");
		assertThat(this.<List<String>>read(reply, "$.history[*].worker"))
			.allMatch((name) -> name.contains("worker=1 "));
	}

	@Test
	void whenEventLoopWasBlockedThenItsSlotHasTheStack() {
		int from = this.service.lines().size();
		get("/block?ms=1000");
		this.service.awaitLine(from, "is blocked for");

		String stacks = get("/actuator/workers/0").body() + get("/actuator/workers/1").body();

		assertThat(stacks).contains("FaultsController");
	}

	@Test
	void whenNumberOfWorkersIsPostedThenItChanges() {
		HttpReply reply = post("/actuator/workers", "{\"count\": 3}");

		assertThat(reply.status()).isEqualTo(202);
		assertThat(this.<Integer>read(reply, "$.count")).isEqualTo(3);
		this.service.awaitReadySlots(3);
		assertProblem(post("/actuator/workers", "{\"count\": 0}"), 400,
				"the number of workers must be between 1 and 1024");
		assertThat(post("/actuator/workers", "{\"count\": \"many\"}").status()).isEqualTo(400);
		assertThat(post("/actuator/workers", "{}").status()).isEqualTo(400);
	}

	@Test
	void whenSlotIsDeletedThenItsWorkerIsReplaced() {
		long recycled = this.service.readyWorker(0);

		HttpReply reply = Http.http11().delete(this.service.url("/actuator/workers/0"));

		assertThat(reply.status()).isEqualTo(202);
		this.service.awaitWorkerReady(0, recycled);
		this.service.awaitLine("pid=" + recycled + " exited with code 0 (recycle)");
		assertProblem(Http.http11().delete(this.service.url("/actuator/workers/9")), 404,
				"there is no slot 9; the service has 2 workers");
		assertProblem(get("/actuator/workers/9"), 404, "there is no slot 9");
		assertThat(get("/actuator/workers/x").status()).isEqualTo(400);
	}

	@Test
	void whenReloadIsPostedThenItRunsOnceAndTellsItsVerdict() {
		HttpReply begun = post("/actuator/reload", "{}");
		HttpReply second = post("/actuator/reload", "{}");

		assertThat(begun.status()).isEqualTo(202);
		int id = this.<Integer>read(begun, "$.id");
		assertProblem(second, 409, "a reload is in progress: generation " + id);
		assertThat(this.<Boolean>read(get("/actuator/reload"), "$.running")).isTrue();
		await().atMost(LIMIT).until(() -> !this.<Boolean>read(get("/actuator/reload"), "$.running"));
		assertThat(this.<Integer>read(get("/actuator/reload"), "$.reload.id")).isEqualTo(id);
		assertThat(this.<Boolean>read(get("/actuator/reload"), "$.reload.verdict.succeeded")).isTrue();
	}

	@Test
	void whenHealthIsAskedForThenItIsThatOfTheService() {
		HttpReply reply = get("/actuator/health");

		assertThat(reply.status()).isEqualTo(200);
		assertThat(this.<String>read(reply, "$.components.prefork.status")).isEqualTo("UP");
		assertThat(this.<String>read(reply, "$.components.prefork.details.slots['1']")).isEqualTo("ready");
		assertThat(this.<Integer>read(get("/actuator/info"), "$.worker.generation")).isPositive();
	}

	@Test
	void whenSizingIsAskedForThenItSaysWhatTheServiceDoes() {
		get("/hello");
		CompletableFuture<HttpReply> watching = CompletableFuture.supplyAsync(() -> get("/actuator/sizing"));
		while (!watching.isDone()) {
			get("/hello");
		}
		HttpReply reply = watching.join();

		assertThat(reply.status()).isEqualTo(200);
		assertThat(this.<Integer>read(reply, "$.advice.sizing.workers")).isPositive();
		assertThat(this.<String>read(reply, "$.advice.sizing.limit")).isIn("concurrency", "cpu", "memory");
		assertThat(this.<String>read(reply, "$.advice.confidence")).isIn("low", "medium", "high");
		assertThat(this.<List<String>>read(reply, "$.advice.sizing.steps[*].name")).contains("requests in progress",
				"CPUs busy");
		assertThat(this.<List<Integer>>read(reply, "$.workers[*].slot")).containsExactly(0, 1);
		assertThat(this.<Integer>read(reply, "$.machine.cpus")).isEqualTo(Runtime.getRuntime().availableProcessors());
		assertThat(this.<Double>read(reply, "$.service.requestsPerSecond")).isNotNegative();
		assertThat(this.<Integer>read(reply, "$.service.pss")).isPositive();
	}

	@Test
	void whenManagementHasAPortOfItsOwnThenItAnswersThereAndOnlyReads(@TempDir Path directory) {
		try (PreforkService own = PreforkService.builder()
			.args("--prefork.workers=1", "--management.server.port=0", "--management.endpoints.web.base-path=/ops",
					"--management.endpoints.web.exposure.include=workers,reload,health",
					"--management.endpoint.health.show-details=always", "--prefork.run-dir=" + directory,
					"--prefork.on-master-loss=wait",
					"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx128m")
			.start()
			.awaitReady()) {
			String ops = "http://127.0.0.1:%s/ops".formatted(own.addresses().get(1).replaceAll(".*:", ""));

			assertThat(Http.http11().get(ops + "/workers").status()).isEqualTo(200);
			assertThat(Http.http11().get(own.url("/ops/workers")).status()).isEqualTo(404);
			assertThat(Http.http11().post(ops + "/workers", "{\"count\": 3}").status()).isEqualTo(405);
			assertThat(Http.http11().delete(ops + "/workers/0").status()).isEqualTo(405);
			assertThat(Http.http11().post(ops + "/reload", "{}").status()).isEqualTo(405);

			PreforkService.signal(own.pid(), "KILL");
			own.awaitLine("serves on and waits for a new one");

			assertProblem(Http.http11().get(ops + "/workers"), 503, "The master is gone");
			HttpReply health = Http.http11().get(ops + "/health");
			assertThat(health.status()).isEqualTo(200);
			assertThat(this.<String>read(health, "$.components.prefork.status")).isEqualTo("UNKNOWN");
		}
	}

	private void assertProblem(HttpReply reply, int status, String detail) {
		assertThat(reply.status()).as(reply::body).isEqualTo(status);
		assertThat(reply.header("content-type")).contains("application/problem+json");
		assertThat(this.<String>read(reply, "$.detail")).isEqualTo(detail);
	}

	private HttpReply get(String path) {
		return Http.http11().get(this.service.url(path));
	}

	private HttpReply post(String path, String json) {
		return Http.http11().post(this.service.url(path), json);
	}

	@SuppressWarnings("TypeParameterUnusedInFormals")
	private <T> T read(HttpReply reply, String path) {
		return JsonPath.read(reply.body(), path);
	}

}
