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

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.ProblemDetail;

import io.prefork.boot.actuate.PreforkHealthIndicator;
import io.prefork.boot.actuate.ReloadEndpoint;
import io.prefork.boot.actuate.WorkerInfoContributor;
import io.prefork.boot.actuate.WorkersEndpoint;
import io.prefork.boot.dashboard.DashboardEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PreforkActuatorAutoConfiguration}, in a process that is not a worker.
 */
@ExtendWith(OutputCaptureExtension.class)
class PreforkActuatorAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String EXPOSED = "management.endpoints.web.exposure.include=workers,reload";

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(EndpointAutoConfiguration.class,
			WebEndpointAutoConfiguration.class, PreforkActuatorAutoConfiguration.class);

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withInitializer((context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
		.withConfiguration(CONFIGURATIONS);

	@Test
	void whenNothingIsExposedThenThereIsNoEndpointButHealthAndInfo() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(WorkersEndpoint.class)
			.doesNotHaveBean(ReloadEndpoint.class)
			.hasSingleBean(PreforkHealthIndicator.class)
			.hasSingleBean(WorkerInfoContributor.class));
	}

	@Test
	void whenEndpointsAreExposedThenTheyOnlyRead() {
		this.runner.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context.getBean(WebEndpointsSupplier.class).getEndpoints()).hasSize(2)
				.allSatisfy((endpoint) -> assertThat(methods(endpoint)).containsOnly("GET")));
	}

	@Test
	void whenAccessIsGivenThenTheyWrite() {
		this.runner
			.withPropertyValues(EXPOSED, "management.endpoint.workers.access=unrestricted",
					"management.endpoint.reload.access=unrestricted")
			.run((context) -> assertThat(context.getBean(WebEndpointsSupplier.class).getEndpoints())
				.flatExtracting(PreforkActuatorAutoConfigurationTests::methods)
				.containsExactlyInAnyOrder("GET", "GET", "POST", "DELETE", "GET", "POST"));
	}

	@Test
	void whenAccessIsCappedThenThereIsNone() {
		this.runner.withPropertyValues(EXPOSED, "management.endpoints.access.max-permitted=none")
			.run((context) -> assertThat(context).doesNotHaveBean(WorkersEndpoint.class));
	}

	@Test
	void whenApplicationHasItsOwnThenThatWins() {
		WorkersEndpoint own = new WorkersEndpoint(null);
		this.runner.withPropertyValues(EXPOSED)
			.withBean(WorkersEndpoint.class, () -> own)
			.run((context) -> assertThat(context).getBean(WorkersEndpoint.class).isSameAs(own));
	}

	@Test
	void whenValuesOfTheEnvironmentAreShownThenTheTokenIsNot() {
		this.runner.withConfiguration(AutoConfigurations.of(EnvironmentEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=env",
					"management.endpoint.env.show-values=always", "PREFORK_WORKER_TOKEN=secret", "other=shown")
			.run((context) -> {
				EnvironmentEndpoint endpoint = context.getBean(EnvironmentEndpoint.class);
				assertThat(endpoint.environmentEntry("other").getProperty()).extracting("value").isEqualTo("shown");
				assertThat(endpoint.environmentEntry("PREFORK_WORKER_TOKEN").getProperty()).extracting("value")
					.isEqualTo("******");
			});
	}

	@Test
	void whenPageIsNotWantedThenThereIsNone() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=*")
			.run((context) -> assertThat(context).hasSingleBean(WorkersEndpoint.class)
				.doesNotHaveBean(DashboardEndpoint.class));
	}

	@Test
	void whenPageIsWantedThenItIsThereAndNothingIsMissing(CapturedOutput output) {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=*", "prefork.dashboard.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(DashboardEndpoint.class));

		assertThat(output).doesNotContain("can't work");
	}

	@Test
	void whenPageIsWantedButNotExposedThenTheLogSaysWhatIsMissing(CapturedOutput output) {
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=reload", "prefork.dashboard.enabled=true")
			.run((context) -> assertThat(context).doesNotHaveBean(DashboardEndpoint.class));

		assertThat(output).contains("can't work: add prefork,workers to management.endpoints.web.exposure.include");
	}

	@Test
	void whenHealthOrInfoIsSwitchedOffThenItIsNotThere() {
		this.runner
			.withPropertyValues("management.health.prefork.enabled=false", "management.info.worker.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PreforkHealthIndicator.class)
				.doesNotHaveBean(WorkerInfoContributor.class));
	}

	@Test
	void whenThereIsNoActuatorOrNoHealthThenTheApplicationStarts() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(PreforkActuatorAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("preforkWorkersEndpoint"));
		this.runner.withClassLoader(new FilteredClassLoader(ReactiveHealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("preforkHealthIndicator"));
	}

	@Test
	void whenApplicationIsOfServletsThenNothingIsThere() {
		new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).doesNotHaveBean("preforkWorkersEndpoint"));
	}

	@Test
	void whenProcessIsNoWorkerThenOperatorsAreTold() {
		WebEndpointResponse<Object> answer = new WorkersEndpoint(null).workers().block(LIMIT);
		Health health = new PreforkHealthIndicator(null).health().block(LIMIT);
		Info.Builder info = new Info.Builder();
		new WorkerInfoContributor(null).contribute(info);

		assertThat(answer).isNotNull().satisfies((it) -> {
			assertThat(it.getStatus()).isEqualTo(404);
			assertThat(it.getBody()).isInstanceOfSatisfying(ProblemDetail.class,
					(problem) -> assertThat(problem.getDetail())
						.isEqualTo("There are no workers: the application runs as one process"));
		});
		assertThat(health).isNotNull().satisfies((it) -> assertThat(it.getStatus()).isEqualTo(Status.UNKNOWN));
		assertThat(info.build().getDetails()).isEqualTo(Map.of());
	}

	private static List<String> methods(ExposableWebEndpoint endpoint) {
		return endpoint.getOperations()
			.stream()
			.map((operation) -> operation.getRequestPredicate().getHttpMethod().name())
			.toList();
	}

}
