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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.google.gson.Gson;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.contract.Setting;
import io.prefork.launcher.report.Amounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The manifests of {@code docs/deploy/kubernetes} are what Kubernetes takes, by the
 * definitions of its API, and their times fit together.
 */
class KubernetesFilesTests {

	private static final String CONTAINER = "containers";

	private static final Set<String> KUSTOMIZATION = Set.of("apiVersion", "kind", "namespace", "resources", "images",
			"patches", "configMapGenerator", "generatorOptions");

	private static final Map<String, Class<?>> KINDS = Map.of("apps/v1 Deployment", V1Deployment.class, "v1 Service",
			V1Service.class, "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class,
			"autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class);

	private static final String OVERLAYS = "kubernetes/overlays/";

	static List<Path> manifests() throws IOException {
		return DeployFiles.below("kubernetes")
			.stream()
			.filter((file) -> isManifest(file.getFileName().toString()))
			.filter((file) -> !isPatch(file))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("manifests")
	void whenAFileIsAManifestThenKubernetesKnowsEachField(Path file) throws IOException {
		validate(DeployFiles.yaml(file));
	}

	@ParameterizedTest
	@ValueSource(strings = { "staging", "production" })
	void whenAnOverlayIsAppliedThenKubernetesKnowsEachField(String overlay) throws IOException {
		validate(deployment(overlay));
	}

	@ParameterizedTest
	@ValueSource(strings = { "kubernetes/base", OVERLAYS + "staging", OVERLAYS + "production" })
	void whenAKustomizationNamesAFileThenItIsThere(String directory) throws IOException {
		Map<String, Object> kustomization = DeployFiles.yaml(DeployFiles.path(directory + "/kustomization.yaml"));

		assertThat(kustomization.keySet()).isSubsetOf(KUSTOMIZATION);
		assertThat(names(kustomization)).isNotEmpty()
			.allSatisfy((name) -> assertThat(DeployFiles.path(directory).resolve(name)).exists());
	}

	@Test
	void whenAFieldIsUnknownThenItIsFound() throws IOException {
		Map<String, Object> wrong = DeployFiles.merged(
				DeployFiles.yaml(DeployFiles.path("kubernetes/base/service.yaml")), Map.of("spec", Map.of("port", 80)));

		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> validate(wrong))
			.withMessageContaining("`port`");
	}

	@ParameterizedTest
	@ValueSource(strings = { "staging", "production" })
	void whenAPodStopsThenItHasTheTimeThatItsServiceTakes(String overlay) throws IOException {
		Map<String, Object> deployment = deployment(overlay);
		Duration drainDelay = setting(Setting.DRAIN_DELAY);
		Duration graceful = setting(Setting.GRACEFUL_TIMEOUT);
		int grace = (Integer) pod(deployment, "terminationGracePeriodSeconds");
		int period = (Integer) container(deployment, "readinessProbe", "periodSeconds");
		int failures = (Integer) container(deployment, "readinessProbe", "failureThreshold");

		assertThat(Duration.ofSeconds(grace)).isGreaterThanOrEqualTo(drainDelay.plus(graceful).plusSeconds(10));
		assertThat(drainDelay).isGreaterThan(Duration.ofSeconds((long) period * failures));
	}

	@ParameterizedTest
	@ValueSource(strings = { "staging", "production" })
	void whenAVariableOrAKeyIsOneOfPreforkThenThereIsSuchASetting(String overlay) throws IOException {
		List<?> variables = (List<?>) container(deployment(overlay), "env");
		Map<?, ?> keys = (Map<?, ?>) found(configuration(), "prefork");

		assertThat(variables).extracting((variable) -> String.valueOf(DeployFiles.at(variable, "name")))
			.allSatisfy((name) -> assertThat(name.startsWith("SPRING_") || isSetting(name)).isTrue());
		assertThat(keys.keySet()).allSatisfy(
				(key) -> assertThat(Arrays.stream(Setting.values()).map(Setting::label)).contains(key.toString()));
	}

	/**
	 * Read a manifest as a client of the API does, which refuses fields that it does not
	 * know.
	 */
	private static void validate(Map<String, Object> manifest) {
		Class<?> kind = KINDS.get(manifest.get("apiVersion") + " " + manifest.get("kind"));
		assertThat(kind).as("Nobody checks %s", manifest.get("kind")).isNotNull();
		assertThat(JSON.getGson().<Object>fromJson(new Gson().toJsonTree(manifest), kind)).isNotNull();
	}

	private static Map<String, Object> deployment(String overlay) throws IOException {
		Map<String, Object> deployment = DeployFiles.yaml(DeployFiles.path("kubernetes/base/deployment.yaml"));
		for (Path file : DeployFiles.below(OVERLAYS + overlay)) {
			deployment = isPatch(file) ? DeployFiles.merged(deployment, DeployFiles.yaml(file)) : deployment;
		}
		return deployment;
	}

	private static boolean isManifest(String name) {
		return name.endsWith(".yaml") && !name.equals("kustomization.yaml");
	}

	private static boolean isPatch(Path file) {
		return file.endsWith("one-small-pod.yaml") || file.endsWith("four-workers.yaml");
	}

	private static List<String> names(Map<String, Object> kustomization) {
		List<String> names = new ArrayList<>();
		((List<?>) kustomization.getOrDefault("resources", List.of())).forEach((name) -> names.add(name.toString()));
		((List<?>) kustomization.getOrDefault("patches", List.of()))
			.forEach((patch) -> names.add(String.valueOf(DeployFiles.at(patch, "path"))));
		Object generated = DeployFiles.at(kustomization, "configMapGenerator", 0, "files", 0);
		if (generated != null) {
			names.add(generated.toString());
		}
		return names;
	}

	private static Object pod(Map<String, Object> deployment, Object... keys) {
		return found(DeployFiles.at(deployment, "spec", "template", "spec"), keys);
	}

	private static Object container(Map<String, Object> deployment, Object... keys) {
		return found(DeployFiles.at(pod(deployment, CONTAINER), 0), keys);
	}

	private static Object found(@Nullable Object node, Object... keys) {
		Object found = DeployFiles.at(node, keys);
		return Objects.requireNonNull(found, () -> "There is no " + Arrays.toString(keys));
	}

	private static Map<String, Object> configuration() throws IOException {
		return DeployFiles.yaml(DeployFiles.path("kubernetes/base/application.yml"));
	}

	private static Duration setting(Setting setting) throws IOException {
		return Amounts.parseDuration(found(configuration(), "prefork", setting.label()).toString());
	}

	/**
	 * Whether Spring Boot takes a variable for a setting, with underscores for dashes or
	 * without.
	 */
	private static boolean isSetting(String variable) {
		return Stream.of(Setting.values())
			.map((setting) -> setting.property().replaceAll("[-.]", "").toUpperCase(Locale.ROOT))
			.anyMatch(variable.replace("_", "")::equals);
	}

}
