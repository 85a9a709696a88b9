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

package io.prefork.boot.leader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeaderRole}; two of them in one JVM, which has a lock once, as two
 * processes would.
 */
@Timeout(60)
class LeaderRoleTests {

	@TempDir
	private Path directory;

	private final List<String> told = new CopyOnWriteArrayList<>();

	private LeaderRole first = new LeaderRole(Path.of(""));

	private LeaderRole second = new LeaderRole(Path.of(""));

	@BeforeEach
	void create() {
		this.first = role("first");
		this.second = role("second");
	}

	@Test
	void whenNotChosenThenItDoesNotLead() {
		assertThat(this.first.isLeader()).isFalse();
		assertThat(this.first.run(() -> this.told.add("ran"))).isFalse();
		assertThat(this.told).isEmpty();
	}

	@Test
	void whenChosenThenItLeadsUntilItIsNot() {
		lead(this.first);

		assertThat(this.first.run(() -> this.told.add("ran"))).isTrue();
		this.first.choose(false);

		assertThat(this.first.isLeader()).isFalse();
		assertThat(this.first.run(() -> this.told.add("ran again"))).isFalse();
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.told).containsExactly("first true", "ran", "first false"));
		lead(this.first);
	}

	@Test
	void whenTheOldLeaderStillRunsSomethingThenTheNextOneWaits() throws Exception {
		lead(this.first);
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		CompletableFuture<Void> work = CompletableFuture.runAsync(() -> this.first.run(() -> {
			begun.countDown();
			await(end);
			this.told.add("ran");
		}));
		begun.await();

		this.first.choose(false);
		this.second.choose(true);
		Awaitility.await().until(() -> this.told.contains("first false"));
		assertThat(this.second.isLeader()).isFalse();
		end.countDown();
		work.join();

		Awaitility.await().until(this.second::isLeader);
		assertThat(this.told).startsWith("first true", "first false", "ran");
		assertThat(this.first.isLeader()).isFalse();
	}

	@Test
	void whenAListenerIsNotDoneThenTheNextOneWaits() {
		CountDownLatch end = new CountDownLatch(1);
		this.first.listen((leads) -> {
			if (!leads) {
				await(end);
				this.told.add("stopped");
			}
		});
		lead(this.first);

		this.first.choose(false);
		this.second.choose(true);
		Awaitility.await().until(() -> this.told.contains("first false"));
		assertThat(this.second.isLeader()).isFalse();
		end.countDown();

		Awaitility.await().until(() -> this.told.contains("second true"));
		assertThat(this.told).containsExactly("first true", "first false", "stopped", "second true");
	}

	@Test
	void whenAListenerFailsThenTheOthersAreToldAndTheNextOneLeads() {
		this.first.listen((leads) -> {
			throw new IllegalStateException("It fails");
		});
		this.first.listen((leads) -> this.told.add("told " + leads));
		lead(this.first);

		this.first.choose(false);

		lead(this.second);
		assertThat(this.told).contains("told true", "told false");
	}

	@Test
	void whenWorkFailsThenItIsNotRunningAnyMore() {
		lead(this.first);

		assertThat(CompletableFuture.runAsync(() -> this.first.run(() -> {
			throw new IllegalStateException("It fails");
		}))).failsWithin(java.time.Duration.ofSeconds(10));
		this.first.choose(false);

		lead(this.second);
	}

	@Test
	void whenNotChosenWhileItWaitsThenItNeverLeads() {
		lead(this.first);
		this.second.choose(true);
		this.second.choose(false);

		this.first.choose(false);
		Awaitility.await().until(() -> this.told.contains("first false"));
		lead(role("third"));

		assertThat(this.told).doesNotContain("second true");
	}

	@Test
	void whenTheFileIsReplacedThenItLeadsWithTheNewOneOnly() throws IOException {
		lead(this.first);
		Files.delete(file());
		assertThat(this.first.run(() -> {
		})).as("nobody else can have another file's lock").isTrue();

		lead(this.second);

		assertThat(this.first.run(() -> {
		})).isFalse();
		assertThat(this.first.isLeader()).isFalse();
		this.second.choose(false);
		Awaitility.await().until(this.first::isLeader);
	}

	@Test
	void whenTheFileCannotBeOpenedThenItLeadsAsSoonAsItCan() throws IOException {
		Files.createDirectory(file());

		this.first.choose(true);
		this.first.choose(false);
		this.first.choose(true);
		Files.delete(file());

		Awaitility.await().until(this.first::isLeader);
	}

	private LeaderRole role(String name) {
		LeaderRole role = new LeaderRole(file());
		role.listen((leads) -> this.told.add(name + " " + leads));
		return role;
	}

	private Path file() {
		return this.directory.resolve("leader.lock");
	}

	private static void lead(LeaderRole role) {
		role.choose(true);
		Awaitility.await().until(role::isLeader);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
