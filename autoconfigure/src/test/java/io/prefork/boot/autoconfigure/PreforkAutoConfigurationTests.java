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

package io.prefork.boot.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;
import reactor.core.publisher.Mono;

import io.prefork.boot.lifecycle.ReadyReporter;
import io.prefork.boot.lifecycle.WorkerDrain;
import io.prefork.boot.web.ListenerCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PreforkAutoConfiguration} in a process that is not a worker.
 */
class PreforkAutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(PreforkAutoConfiguration.class,
			NettyReactiveWebServerAutoConfiguration.class);

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS);

	private final ReactiveWebApplicationContextRunner serverRunner = new ReactiveWebApplicationContextRunner(
			AnnotationConfigReactiveWebServerApplicationContext::new)
		.withConfiguration(AUTO_CONFIGURATIONS)
		.withUserConfiguration(Hello.class)
		.withPropertyValues("server.port=0");

	@Test
	void whenApplicationIsReactiveThenBeansAreThere() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(ReadyReporter.class)
			.hasSingleBean(WorkerDrain.class)
			.hasSingleBean(ListenerCustomizer.class)
			.hasSingleBean(PreforkProperties.class));
	}

	@Test
	void whenProcessIsNoWorkerThenServerBindsAsUsual() {
		this.serverRunner.run((context) -> assertThat(call(context)).isEqualTo("hello"));
	}

	@Test
	void whenApplicationIsServletApplicationThenNothingIsThere() {
		new WebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.run((context) -> assertThat(context).doesNotHaveBean(ListenerCustomizer.class)
				.doesNotHaveBean(PreforkAutoConfiguration.class));
	}

	@Test
	void whenApplicationIsNotForTheWebThenNothingIsThere() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.run((context) -> assertThat(context).doesNotHaveBean(ListenerCustomizer.class)
				.doesNotHaveBean(PreforkAutoConfiguration.class));
	}

	@Test
	void whenReactorNettyIsMissingThenNothingIsThere() {
		this.runner.withClassLoader(new FilteredClassLoader(NettyReactiveWebServerFactory.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ReadyReporter.class)
				.doesNotHaveBean(PreforkAutoConfiguration.class));
	}

	@Test
	void whenAutoConfigurationIsExcludedThenNothingIsThere() {
		new ReactiveWebApplicationContextRunner().withUserConfiguration(Enabled.class)
			.withPropertyValues("spring.autoconfigure.exclude=" + PreforkAutoConfiguration.class.getName())
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(NettyReactiveWebServerFactory.class)
				.doesNotHaveBean(ListenerCustomizer.class)
				.doesNotHaveBean(WorkerDrain.class));
	}

	@Test
	void whenAutoConfigurationIsFoundByBootThenBeansAreThere() {
		new ReactiveWebApplicationContextRunner().withUserConfiguration(Enabled.class)
			.run((context) -> assertThat(context).hasSingleBean(ListenerCustomizer.class)
				.hasSingleBean(WorkerDrain.class));
	}

	@Test
	void whenUserHasServerFactoryThenItServes() {
		this.serverRunner.withUserConfiguration(OwnServerFactory.class).run((context) -> {
			assertThat(context).hasSingleBean(NettyReactiveWebServerFactory.class).hasBean("ownServerFactory");
			assertThat(call(context)).isEqualTo("hello");
		});
	}

	@Test
	void whenUserHasResourceFactoryThenItIsTheOne() {
		this.serverRunner.withUserConfiguration(OwnResourceFactory.class).run((context) -> {
			assertThat(context).hasSingleBean(ReactorResourceFactory.class).hasBean("ownResourceFactory");
			assertThat(call(context)).isEqualTo("hello");
		});
	}

	@Test
	void whenThereIsNoResourceFactoryThenServerOfTheUserServesAllTheSame() {
		new ReactiveWebApplicationContextRunner(AnnotationConfigReactiveWebServerApplicationContext::new)
			.withConfiguration(AutoConfigurations.of(PreforkAutoConfiguration.class))
			.withUserConfiguration(Hello.class, OwnServerFactory.class)
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(ReactorResourceFactory.class);
				assertThat(call(context)).isEqualTo("hello");
			});
	}

	@Test
	void whenBootLooksForConfigurationsThenItFindsThese() {
		ClassLoader classLoader = getClass().getClassLoader();

		assertThat(ImportCandidates.load(AutoConfiguration.class, classLoader))
			.contains(PreforkAutoConfiguration.class.getName());
		assertThat(ImportCandidates.load(ManagementContextConfiguration.class, classLoader))
			.contains(PreforkManagementContextConfiguration.class.getName());
	}

	private static String call(AssertableReactiveWebApplicationContext context)
			throws IOException, InterruptedException {
		WebServer server = ((WebServerApplicationContext) context.getSourceApplicationContext()).getWebServer();
		int port = Objects.requireNonNull(server).getPort();
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/")).build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

	@Configuration(proxyBeanMethods = false)
	static class Hello {

		@Bean
		HttpHandler httpHandler() {
			return (request, response) -> response
				.writeWith(Mono.just(response.bufferFactory().wrap("hello".getBytes(StandardCharsets.US_ASCII))));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Enabled {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnServerFactory {

		@Bean
		NettyReactiveWebServerFactory ownServerFactory() {
			return new NettyReactiveWebServerFactory(0);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnResourceFactory {

		@Bean
		ReactorResourceFactory ownResourceFactory() {
			ReactorResourceFactory factory = new ReactorResourceFactory();
			factory.setUseGlobalResources(false);
			return factory;
		}

	}

}
