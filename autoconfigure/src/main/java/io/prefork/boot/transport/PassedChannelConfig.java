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

package io.prefork.boot.transport;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelConfig;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.SocketChannelConfig;

/**
 * The options of a {@link PassedChannel}: those of every TCP connection, see socket(7)
 * and tcp(7).
 */
final class PassedChannelConfig extends EpollChannelConfig implements SocketChannelConfig {

	private static final int IPPROTO_TCP = 6;

	private static final Map<ChannelOption<?>, Access<?>> OPTIONS = Map.ofEntries(
			entry(ChannelOption.TCP_NODELAY, PassedChannelConfig::isTcpNoDelay, PassedChannelConfig::setTcpNoDelay),
			entry(ChannelOption.SO_KEEPALIVE, PassedChannelConfig::isKeepAlive, PassedChannelConfig::setKeepAlive),
			entry(ChannelOption.SO_REUSEADDR, PassedChannelConfig::isReuseAddress,
					PassedChannelConfig::setReuseAddress),
			entry(ChannelOption.SO_RCVBUF, PassedChannelConfig::getReceiveBufferSize,
					PassedChannelConfig::setReceiveBufferSize),
			entry(ChannelOption.SO_SNDBUF, PassedChannelConfig::getSendBufferSize,
					PassedChannelConfig::setSendBufferSize),
			entry(ChannelOption.SO_LINGER, PassedChannelConfig::getSoLinger, PassedChannelConfig::setSoLinger),
			entry(ChannelOption.IP_TOS, PassedChannelConfig::getTrafficClass, PassedChannelConfig::setTrafficClass),
			entry(ChannelOption.ALLOW_HALF_CLOSURE, PassedChannelConfig::isAllowHalfClosure,
					PassedChannelConfig::setAllowHalfClosure),
			// By the numbers of tcp(7), which are the same on x86-64 and aarch64.
			flag(EpollChannelOption.TCP_CORK, 3), number(EpollChannelOption.TCP_KEEPIDLE, 4),
			number(EpollChannelOption.TCP_KEEPINTVL, 5), number(EpollChannelOption.TCP_KEEPCNT, 6),
			flag(EpollChannelOption.TCP_QUICKACK, 12), number(EpollChannelOption.TCP_USER_TIMEOUT, 18));

	private volatile boolean allowHalfClosure;

	PassedChannelConfig(PassedChannel channel) {
		super(channel);
		setTcpNoDelay(true);
	}

	@Override
	public Map<ChannelOption<?>, Object> getOptions() {
		Map<ChannelOption<?>, Object> options = new HashMap<>(super.getOptions());
		OPTIONS.forEach((option, access) -> options.put(option, access.get().apply(this)));
		return options;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T getOption(ChannelOption<T> option) {
		Access<T> access = (Access<T>) OPTIONS.get(option);
		return (access != null) ? access.get().apply(this) : super.getOption(option);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> boolean setOption(ChannelOption<T> option, T value) {
		Access<T> access = (Access<T>) OPTIONS.get(option);
		if (access == null) {
			return super.setOption(option, value);
		}
		validate(option, value);
		access.set().accept(this, value);
		return true;
	}

	@Override
	public boolean isTcpNoDelay() {
		return get(() -> socket().isTcpNoDelay());
	}

	@Override
	public PassedChannelConfig setTcpNoDelay(boolean tcpNoDelay) {
		return set(() -> socket().setTcpNoDelay(tcpNoDelay));
	}

	@Override
	public int getSoLinger() {
		return get(() -> socket().getSoLinger());
	}

	@Override
	public PassedChannelConfig setSoLinger(int soLinger) {
		return set(() -> socket().setSoLinger(soLinger));
	}

	@Override
	public int getSendBufferSize() {
		return get(() -> socket().getSendBufferSize());
	}

	@Override
	public PassedChannelConfig setSendBufferSize(int sendBufferSize) {
		return set(() -> socket().setSendBufferSize(sendBufferSize));
	}

	@Override
	public int getReceiveBufferSize() {
		return get(() -> socket().getReceiveBufferSize());
	}

	@Override
	public PassedChannelConfig setReceiveBufferSize(int receiveBufferSize) {
		return set(() -> socket().setReceiveBufferSize(receiveBufferSize));
	}

	@Override
	public boolean isKeepAlive() {
		return get(() -> socket().isKeepAlive());
	}

	@Override
	public PassedChannelConfig setKeepAlive(boolean keepAlive) {
		return set(() -> socket().setKeepAlive(keepAlive));
	}

	@Override
	public int getTrafficClass() {
		return get(() -> socket().getTrafficClass());
	}

	@Override
	public PassedChannelConfig setTrafficClass(int trafficClass) {
		return set(() -> socket().setTrafficClass(trafficClass));
	}

	@Override
	public boolean isReuseAddress() {
		return get(() -> socket().isReuseAddress());
	}

	@Override
	public PassedChannelConfig setReuseAddress(boolean reuseAddress) {
		return set(() -> socket().setReuseAddress(reuseAddress));
	}

	@Override
	public boolean isAllowHalfClosure() {
		return this.allowHalfClosure;
	}

	@Override
	public PassedChannelConfig setAllowHalfClosure(boolean allowHalfClosure) {
		this.allowHalfClosure = allowHalfClosure;
		return this;
	}

	@Override
	public PassedChannelConfig setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
		return this;
	}

	@Override
	public PassedChannelConfig setConnectTimeoutMillis(int connectTimeoutMillis) {
		super.setConnectTimeoutMillis(connectTimeoutMillis);
		return this;
	}

	@Override
	@Deprecated
	public PassedChannelConfig setMaxMessagesPerRead(int maxMessagesPerRead) {
		super.setMaxMessagesPerRead(maxMessagesPerRead);
		return this;
	}

	@Override
	public PassedChannelConfig setWriteSpinCount(int writeSpinCount) {
		super.setWriteSpinCount(writeSpinCount);
		return this;
	}

	@Override
	public PassedChannelConfig setAllocator(ByteBufAllocator allocator) {
		super.setAllocator(allocator);
		return this;
	}

	@Override
	public PassedChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
		super.setRecvByteBufAllocator(allocator);
		return this;
	}

	@Override
	public PassedChannelConfig setAutoRead(boolean autoRead) {
		super.setAutoRead(autoRead);
		return this;
	}

	@Override
	public PassedChannelConfig setAutoClose(boolean autoClose) {
		super.setAutoClose(autoClose);
		return this;
	}

	@Override
	public PassedChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark waterMark) {
		super.setWriteBufferWaterMark(waterMark);
		return this;
	}

	@Override
	public PassedChannelConfig setMessageSizeEstimator(MessageSizeEstimator estimator) {
		super.setMessageSizeEstimator(estimator);
		return this;
	}

	private static <T> Map.Entry<ChannelOption<?>, Access<?>> entry(ChannelOption<T> option,
			Function<PassedChannelConfig, T> get, BiConsumer<PassedChannelConfig, T> set) {
		return Map.entry(option, new Access<>(get, set));
	}

	private static Map.Entry<ChannelOption<?>, Access<?>> number(ChannelOption<Integer> option, int number) {
		return entry(option, (config) -> config.get(() -> config.socket().getIntOpt(IPPROTO_TCP, number)),
				(config, value) -> config.set(() -> config.socket().setIntOpt(IPPROTO_TCP, number, value)));
	}

	private static Map.Entry<ChannelOption<?>, Access<?>> flag(ChannelOption<Boolean> option, int number) {
		return entry(option, (config) -> config.get(() -> config.socket().getIntOpt(IPPROTO_TCP, number) != 0),
				(config, value) -> config.set(() -> config.socket().setIntOpt(IPPROTO_TCP, number, value ? 1 : 0)));
	}

	private <T> T get(Getter<T> getter) {
		try {
			return getter.get();
		}
		catch (IOException ex) {
			throw new ChannelException(ex);
		}
	}

	private PassedChannelConfig set(Setter setter) {
		try {
			setter.set();
			return this;
		}
		catch (IOException ex) {
			throw new ChannelException(ex);
		}
	}

	/**
	 * How an option is read and written.
	 *
	 * @param <T> the type of its value
	 * @param get reads it
	 * @param set writes it
	 */
	private record Access<T>(Function<PassedChannelConfig, T> get, BiConsumer<PassedChannelConfig, T> set) {

	}

	/**
	 * Reads an option of a socket.
	 *
	 * @param <T> the type of its value
	 */
	private interface Getter<T> {

		T get() throws IOException;

	}

	/**
	 * Writes an option of a socket.
	 */
	private interface Setter {

		void set() throws IOException;

	}

}
