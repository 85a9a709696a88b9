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

package io.prefork.boot.drain;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebSocketEnd}.
 */
class WebSocketEndTests {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	@Test
	void whenClientAnswersThenTheConnectionIsClosedAtOnce() {
		this.channel.pipeline().addLast(NettyPipeline.ReactiveBridge, new ChannelInboundHandlerAdapter());
		WebSocketEnd.begin(this.channel, WebSocketCloseStatus.SERVICE_RESTART);
		assertThat(this.channel.isOpen()).isTrue();

		this.channel.writeInbound(new CloseWebSocketFrame(WebSocketCloseStatus.SERVICE_RESTART));

		assertThat(this.channel.isOpen()).isFalse();
		this.channel.releaseOutbound();
	}

}
