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

package io.prefork.boot.broadcast;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import io.prefork.boot.control.BroadcastConnection;
import io.prefork.contract.WorkerIdentity;
import io.prefork.protocol.Message;

/**
 * Says something to the subscribers of this process, and to those of the other workers by
 * way of the master.
 */
public final class ServiceBroadcast implements WorkerBroadcast, AutoCloseable {

	private static final Log logger = LogFactory.getLog(ServiceBroadcast.class);

	private static final int LONGEST_TOPIC = 255;

	private final Map<Integer, Long> heard = new HashMap<>();

	private final Topics topics = new Topics();

	private final @Nullable BroadcastConnection others;

	/**
	 * Create a broadcast.
	 * @param worker who this worker is; {@code null} if the process is no worker
	 */
	public ServiceBroadcast(@Nullable WorkerIdentity worker) {
		this.others = (worker != null) ? connect(worker) : null;
	}

	@Override
	public boolean publish(String topic, String message) {
		byte[] content = message.getBytes(StandardCharsets.UTF_8);
		if (topic.length() > LONGEST_TOPIC || content.length > MAX_SIZE) {
			throw new IllegalArgumentException(
					"A topic may have %d characters and a message %d bytes, and this has %d and %d"
						.formatted(LONGEST_TOPIC, MAX_SIZE, topic.length(), content.length));
		}
		boolean sent = this.others == null || this.others.send(topic, ByteBuffer.wrap(content));
		this.topics.deliver(topic, message);
		return sent;
	}

	@Override
	public Flux<String> messages(String topic) {
		return this.topics.messages(topic);
	}

	@Override
	public void close() {
		if (this.others != null) {
			this.others.close();
		}
		this.topics.close();
	}

	private @Nullable BroadcastConnection connect(WorkerIdentity worker) {
		try {
			return BroadcastConnection.open(worker, this::received);
		}
		catch (IOException ex) {
			logger.error("What is broadcast reaches this worker only, since the master can't be reached", ex);
			return null;
		}
	}

	private void received(Message.Broadcast message) {
		Long before = this.heard.put(message.line(), message.sequence());
		if (before != null && message.sequence() > before + 1 && logger.isWarnEnabled()) {
			logger.warn("%d broadcasts of another worker were missed: this one did not read them in time"
				.formatted(message.sequence() - before - 1));
		}
		this.topics.deliver(message.topic(), StandardCharsets.UTF_8.decode(message.content()).toString());
	}

}
