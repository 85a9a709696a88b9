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

package io.prefork.sample.it.servers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import org.springframework.stereotype.Component;

/**
 * A gRPC service that says which process it runs in, after as many milliseconds as it is
 * asked for.
 */
@Component
public class PidService implements BindableService {

	private static final Marshaller<String> TEXT = new TextMarshaller();

	private static final MethodDescriptor<String, String> PID = MethodDescriptor.newBuilder(TEXT, TEXT)
		.setType(MethodDescriptor.MethodType.UNARY)
		.setFullMethodName("Test/Pid")
		.build();

	@Override
	public ServerServiceDefinition bindService() {
		return ServerServiceDefinition.builder("Test")
			.addMethod(PID, ServerCalls.asyncUnaryCall(PidService::answer))
			.build();
	}

	/**
	 * Ask a server.
	 * @param channel the connection to it
	 * @param delayMillis how long the server takes
	 * @return its process id
	 */
	public static String ask(Channel channel, int delayMillis) {
		return ClientCalls.blockingUnaryCall(channel, PID, CallOptions.DEFAULT, Integer.toString(delayMillis));
	}

	private static void answer(String delayMillis, StreamObserver<String> answer) {
		try {
			Thread.sleep(Integer.parseInt(delayMillis));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		answer.onNext(Long.toString(ProcessHandle.current().pid()));
		answer.onCompleted();
	}

	/**
	 * Texts as they are.
	 */
	private static final class TextMarshaller implements Marshaller<String> {

		@Override
		public InputStream stream(String value) {
			return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public String parse(InputStream stream) {
			try {
				return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
