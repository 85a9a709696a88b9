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

package io.prefork.boot.lifecycle;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains why a worker can't bind a port by itself: all workers run the same
 * application, so all but one find it in use. Leaves processes that are no workers to
 * other analyzers.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnsharedPortFailureAnalyzer extends AbstractFailureAnalyzer<IOException> {

	private static final String IN_USE = "Address already in use";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, IOException cause) {
		boolean inUse = cause.getMessage() != null && cause.getMessage().contains(IN_USE);
		return (inUse && WorkerRuntime.current() != null)
				? analysis(findCause(rootFailure, PortInUseException.class), cause) : null;
	}

	static FailureAnalysis analysis(@Nullable PortInUseException known, IOException cause) {
		String port = (known != null) ? "port " + known.getPort() : "a port";
		return new FailureAnalysis(
				("This worker can't bind %s (%s). Every worker runs the whole application, so one of them has it "
						+ "already, unless another program does. Workers share the ports of WebFlux and its management "
						+ "server, of RSocket, and of gRPC on grpc-netty. They can't share those of Tomcat or Jetty, of "
						+ "grpc-netty-shaded, and of sockets that the application opens itself.")
					.formatted(port, cause.getMessage()),
				"Serve it with one of the servers that are shared, give the socket SO_REUSEPORT "
						+ "(java.net.StandardSocketOptions), let it have any port (0), or run it in a process of its own.",
				cause);
	}

}
