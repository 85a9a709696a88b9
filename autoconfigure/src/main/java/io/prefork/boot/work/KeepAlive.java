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

package io.prefork.boot.work;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import reactor.netty.http.server.HttpServer;

/**
 * How long connections are kept between requests.
 *
 * @param idle how long; {@code null} for as long as the server has it otherwise
 * @param once whether a connection is for one request only, see RFC 9112, section 9.6
 */
public record KeepAlive(@Nullable Duration idle,
		boolean once) implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		if (this.idle != null || this.once) {
			factory.addServerCustomizers(this::customize);
		}
	}

	private HttpServer customize(HttpServer server) {
		HttpServer limited = (this.idle != null) ? server.idleTimeout(this.idle) : server;
		return this.once ? limited.maxKeepAliveRequests(1) : limited;
	}

}
