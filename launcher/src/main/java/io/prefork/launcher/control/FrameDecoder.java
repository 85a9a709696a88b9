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

package io.prefork.launcher.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import org.jspecify.annotations.Nullable;

import io.prefork.protocol.Frames;
import io.prefork.protocol.Message;

/**
 * Decodes frames to messages and skips those of an unknown type.
 */
final class FrameDecoder extends LengthFieldBasedFrameDecoder {

	FrameDecoder() {
		super(Frames.MAX_LENGTH + Frames.LENGTH_FIELD, 0, Frames.LENGTH_FIELD, 0, Frames.LENGTH_FIELD);
	}

	@Override
	protected @Nullable Object decode(ChannelHandlerContext context, ByteBuf in) throws Exception {
		for (Object frame = super.decode(context, in); frame != null; frame = super.decode(context, in)) {
			ByteBuf body = (ByteBuf) frame;
			try {
				Message message = Frames.decode(body.nioBuffer());
				if (message != null) {
					return message;
				}
			}
			finally {
				body.release();
			}
		}
		return null;
	}

}
