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

package io.prefork.boot.web;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLException;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;

/**
 * An HTTP/2 client with prior knowledge (RFC 9113, 3.3), or over TLS, that obeys GOAWAY
 * only as far as the test wants it to.
 */
public final class Http2Client implements AutoCloseable {

	private final List<Integer> goAways = new CopyOnWriteArrayList<>();

	private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Channel connection;

	private Http2Client(int port) {
		this.connection = new Bootstrap().group(this.eventLoop)
			.channel(NioSocketChannel.class)
			.handler(new ChannelInboundHandlerAdapter())
			.connect(InetAddress.getLoopbackAddress(), port)
			.syncUninterruptibly()
			.channel();
	}

	public static Http2Client connect(int port) {
		Http2Client client = connectSilently(port);
		client.speak();
		return client;
	}

	/**
	 * Connect without saying anything, not even the preface.
	 * @param port the port
	 * @return the client
	 */
	public static Http2Client connectSilently(int port) {
		return new Http2Client(port);
	}

	/**
	 * Connect over TLS.
	 * @param port the port
	 * @param certificate the only certificate to trust
	 * @return the client
	 * @throws SSLException if there can be no TLS
	 */
	public static Http2Client connect(int port, TestCertificate certificate) throws SSLException {
		SslContext context = SslContextBuilder.forClient()
			.trustManager(certificate.trustManagers())
			.applicationProtocolConfig(
					new ApplicationProtocolConfig(Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE,
							SelectedListenerFailureBehavior.ACCEPT, ApplicationProtocolNames.HTTP_2))
			.build();
		Http2Client client = new Http2Client(port);
		// Both at once: what the server says first must not come in between.
		client.connection.eventLoop().submit(() -> {
			client.connection.pipeline().addFirst(context.newHandler(client.connection.alloc(), "localhost", port));
			client.speak();
		}).syncUninterruptibly();
		return client;
	}

	public void speak() {
		this.connection.pipeline()
			.addLast(Http2FrameCodecBuilder.forClient().build(),
					new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()), new GoAwayReader());
	}

	/**
	 * Send a request on a new stream.
	 * @param path the path
	 * @return the body of the answer
	 */
	public CompletableFuture<String> get(String path) {
		CompletableFuture<String> body = new CompletableFuture<>();
		Http2StreamChannelBootstrap bootstrap = new Http2StreamChannelBootstrap(this.connection)
			.handler(new BodyReader(body));
		bootstrap.open().addListener((opened) -> {
			if (!opened.isSuccess()) {
				body.completeExceptionally(opened.cause());
				return;
			}
			((Channel) opened.getNow()).writeAndFlush(new DefaultHttp2HeadersFrame(
					new DefaultHttp2Headers().method("GET").path(path).scheme("http").authority("localhost"), true));
		});
		return body;
	}

	/**
	 * The last stream ids that the server named in its GOAWAYs.
	 * @return the ids in order
	 */
	public List<Integer> goAways() {
		return this.goAways;
	}

	public boolean isConnected() {
		return this.connection.isActive();
	}

	@Override
	public void close() {
		this.connection.close().syncUninterruptibly();
		this.eventLoop.shutdownGracefully();
	}

	private final class GoAwayReader extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof Http2GoAwayFrame goAway) {
				Http2Client.this.goAways.add(goAway.lastStreamId());
			}
			ReferenceCountUtil.release(message);
		}

	}

	private static final class BodyReader extends ChannelInboundHandlerAdapter {

		private final StringBuilder text = new StringBuilder();

		private final CompletableFuture<String> body;

		BodyReader(CompletableFuture<String> body) {
			this.body = body;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof Http2DataFrame data) {
				this.text.append(data.content().toString(StandardCharsets.US_ASCII));
				if (data.isEndStream()) {
					this.body.complete(this.text.toString());
				}
			}
			ReferenceCountUtil.release(message);
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			this.body.completeExceptionally(new IllegalStateException("The stream ended early"));
		}

	}

}
