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

package io.prefork.deploy;

import java.io.IOException;
import java.util.Map;

import com.google.gson.Gson;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The fields of {@code docs/deploy/envoy} are those of Envoy's API. That an Envoy does
 * with them what is said is not tested.
 */
class EnvoyFilesTests {

	@Test
	void whenEnvoyReadsTheFileThenItKnowsEachField() throws IOException {
		Bootstrap bootstrap = read(DeployFiles.yaml(DeployFiles.path("envoy/envoy.yaml")));

		assertThat(bootstrap.getStaticResources().getListenersCount()).isEqualTo(1);
		assertThat(bootstrap.getStaticResources().getClusters(0).getHealthChecks(0).getHttpHealthCheck().getPath())
			.isEqualTo("/actuator/health/readiness");
	}

	@Test
	void whenAFieldIsUnknownThenItIsFound() {
		assertThatExceptionOfType(InvalidProtocolBufferException.class)
			.isThrownBy(() -> read(Map.of("static_resources", Map.of("listener", Map.of()))))
			.withMessageContaining("listener");
	}

	private static Bootstrap read(Map<String, Object> file) throws InvalidProtocolBufferException {
		TypeRegistry types = TypeRegistry.newBuilder()
			.add(HttpConnectionManager.getDescriptor())
			.add(Router.getDescriptor())
			.add(HttpProtocolOptions.getDescriptor())
			.build();
		Bootstrap.Builder builder = Bootstrap.newBuilder();
		JsonFormat.parser().usingTypeRegistry(types).merge(new Gson().toJson(file), builder);
		return builder.build();
	}

}
