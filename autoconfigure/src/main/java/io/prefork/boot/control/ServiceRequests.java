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

package io.prefork.boot.control;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorRequest;
import io.prefork.status.ServiceStatus;

/**
 * What operators ask the master for by way of this worker. Answers arrive on the control
 * thread, which must not be held up. Futures end with a {@link RequestRejectedException}
 * if the master does not do it, and with a {@link MasterNotAvailableException} if it does
 * not answer. Thread-safe.
 */
public final class ServiceRequests {

	private final Map<Integer, CompletableFuture<FromMaster>> answers = new ConcurrentHashMap<>();

	private final AtomicInteger last = new AtomicInteger();

	private final Consumer<FromWorker> master;

	private final Duration limit;

	private volatile boolean ended;

	/**
	 * Create requests.
	 * @param master is sent what is asked
	 * @param limit how long to wait for an answer
	 */
	ServiceRequests(Consumer<FromWorker> master, Duration limit) {
		this.master = master;
		this.limit = limit;
	}

	/**
	 * Ask for the state of the service.
	 * @return the state
	 */
	public CompletableFuture<ServiceStatus> status() {
		return status(OperatorRequest.GetStatus.NO_SLOT);
	}

	/**
	 * Ask for figures of the service: the state without what happened.
	 * @return the state
	 */
	public CompletableFuture<ServiceStatus> figures() {
		return status(OperatorRequest.GetStatus.NO_SLOT, true, false);
	}

	/**
	 * Ask for the state of the service, but neither for what happened nor for what its
	 * processes have of the machine, which takes the master longest.
	 * @return the state
	 */
	public CompletableFuture<ServiceStatus> summary() {
		return status(OperatorRequest.GetStatus.NO_SLOT, false, false);
	}

	/**
	 * Ask for the state of the service with all that is known of one slot.
	 * @param slot the slot
	 * @return the state
	 */
	public CompletableFuture<ServiceStatus> status(int slot) {
		return status(slot, true, true);
	}

	/**
	 * Ask for a new generation.
	 * @return its number, as soon as the reload has begun
	 */
	public CompletableFuture<Integer> reload() {
		return ask(OperatorRequest.Reload::new).thenApply(ServiceRequests::number);
	}

	/**
	 * Ask for another number of workers.
	 * @param workers how many there should be
	 * @return the number, as soon as the change has begun
	 */
	public CompletableFuture<Integer> scale(int workers) {
		return ask((request) -> new OperatorRequest.Scale(request, workers)).thenApply(ServiceRequests::number);
	}

	/**
	 * Ask for another worker in a slot.
	 * @param slot the slot
	 * @return the slot, as soon as the replacement has begun
	 */
	public CompletableFuture<Integer> recycle(int slot) {
		return ask((request) -> new OperatorRequest.Recycle(request, slot)).thenApply(ServiceRequests::number);
	}

	void answered(int request, FromMaster answer) {
		CompletableFuture<FromMaster> waiting = this.answers.get(request);
		if (waiting == null) {
			return;
		}
		if (answer instanceof OperatorAnswer.Rejected rejected) {
			waiting.completeExceptionally(new RequestRejectedException(rejected));
		}
		else {
			waiting.complete(answer);
		}
	}

	/**
	 * The master is gone: nobody answers any more.
	 */
	void end() {
		this.ended = true;
		this.answers.values().forEach((answer) -> answer.completeExceptionally(gone()));
	}

	private CompletableFuture<ServiceStatus> status(int slot, boolean usage, boolean history) {
		return ask((request) -> new OperatorRequest.GetStatus(request, slot, usage, history))
			.thenApply((answer) -> ((OperatorAnswer.Status) answer).status());
	}

	private CompletableFuture<FromMaster> ask(IntFunction<FromWorker> question) {
		int request = this.last.incrementAndGet();
		CompletableFuture<FromMaster> answer = new CompletableFuture<>();
		answer.whenComplete((answered, failure) -> this.answers.remove(request));
		this.answers.put(request, answer);
		this.master.accept(question.apply(request));
		if (this.ended) {
			answer.completeExceptionally(gone());
		}
		CompletableFuture.delayedExecutor(this.limit.toMillis(), TimeUnit.MILLISECONDS)
			.execute(() -> answer.completeExceptionally(new MasterNotAvailableException(
					"The master has not answered within %d ms".formatted(this.limit.toMillis()))));
		return answer;
	}

	private static MasterNotAvailableException gone() {
		return new MasterNotAvailableException("The master is gone");
	}

	private static int number(FromMaster answer) {
		return ((OperatorAnswer.Accepted) answer).number();
	}

}
