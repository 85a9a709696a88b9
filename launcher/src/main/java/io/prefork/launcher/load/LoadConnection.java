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

package io.prefork.launcher.load;

import java.util.Objects;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the service, with one request on its way at a time.
 */
final class LoadConnection extends SimpleChannelInboundHandler<HttpObject> {

	private static final int FIRST_ERROR = 400;

	private final ResponseDecoder decoder;

	private final ConnectionPool pool;

	private final RequestCycle requests;

	private @Nullable ChannelHandlerContext context;

	private @Nullable LoadRun run;

	private @Nullable LoadRequest request;

	private @Nullable String problem;

	private long due;

	private boolean keepAlive;

	LoadConnection(ResponseDecoder decoder, ConnectionPool pool, RequestCycle requests) {
		this.decoder = decoder;
		this.pool = pool;
		this.requests = requests;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	/**
	 * Send the next request.
	 * @param run the load that it belongs to
	 * @param due when it was due
	 */
	void send(LoadRun run, long due) {
		this.run = run;
		this.due = due;
		this.problem = null;
		RequestCycle.Encoded next = this.requests.next();
		this.request = next.request();
		this.decoder.expectAnswerTo(next.request());
		context().writeAndFlush(next.bytes().duplicate());
	}

	/**
	 * Wait for the answer no longer.
	 * @return when the request was due
	 */
	long abandon() {
		this.run = null;
		context().close();
		return this.due;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
		if (message instanceof HttpResponse response) {
			this.keepAlive = HttpUtil.isKeepAlive(response);
			if (message.decoderResult().isFailure()) {
				this.problem = "%s: %s".formatted(this.request, message.decoderResult().cause().getMessage());
			}
			else if (response.status().code() >= FIRST_ERROR) {
				this.problem = "%s answered %s".formatted(this.request, response.status());
			}
		}
		if (message instanceof LastHttpContent) {
			answered();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.pool.lost(this);
		end("%s: the connection was closed before the answer".formatted(this.request));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		end("%s: %s".formatted(this.request, cause.getMessage()));
		context.close();
	}

	private void answered() {
		end(this.problem);
		if (this.keepAlive) {
			this.pool.release(this);
		}
		else {
			context().close();
		}
	}

	private void end(@Nullable String problem) {
		LoadRun ended = this.run;
		this.run = null;
		if (ended != null) {
			ended.ended(this.due, problem);
		}
	}

	private ChannelHandlerContext context() {
		return Objects.requireNonNull(this.context);
	}

}
