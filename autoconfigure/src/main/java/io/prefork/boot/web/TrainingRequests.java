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
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

import io.prefork.contract.WorkerIdentity;

/**
 * Lets the application of a training run answer requests when it is ready, and ends the
 * process. Does nothing in any other process.
 */
public final class TrainingRequests implements ApplicationListener<ApplicationReadyEvent>, Ordered {

	private static final Log logger = LogFactory.getLog(TrainingRequests.class);

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private final ApplicationContext context;

	private final List<String> paths;

	/**
	 * Create what sends requests.
	 * @param context the context of the server
	 * @param paths the paths, which are asked in turn
	 */
	public TrainingRequests(ApplicationContext context, List<String> paths) {
		this.context = context;
		this.paths = List.copyOf(paths);
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (WorkerIdentity.isTrained(System.getenv()) && event.getApplicationContext() == this.context) {
			WebServer server = (this.context instanceof WebServerApplicationContext web) ? web.getWebServer() : null;
			if (server != null) {
				train(server.getPort());
			}
			System.exit(SpringApplication.exit(this.context));
		}
	}

	private void train(int port) {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		try {
			Ssl tls = Binder.get(this.context.getEnvironment()).bind("server.ssl", Ssl.class).orElse(null);
			WarmUp.run(new LoopbackClient(address, Ssl.isEnabled(tls)), this.paths, LIMIT);
		}
		catch (GeneralSecurityException ex) {
			logger.info("The application could not be trained with requests: " + ex);
		}
	}

}
