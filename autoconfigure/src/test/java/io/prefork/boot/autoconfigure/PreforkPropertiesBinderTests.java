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

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.prefork.boot.autoconfigure.PreforkProperties.Enabled;
import io.prefork.boot.control.BindAddress;
import io.prefork.contract.Distribution;
import io.prefork.contract.OnMasterLoss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PreforkPropertiesBinder} and {@link PreforkProperties}.
 */
class PreforkPropertiesBinderTests {

	@TempDir
	Path directory;

	@Test
	void whenNothingIsSetThenDefaultsHold() {
		PreforkProperties properties = TestYaml.bind(Map.of());

		assertThat(properties.enabled()).isEqualTo(Enabled.AUTO);
		assertThat(properties.workers()).isEqualTo(WorkerCount.AUTO);
		assertThat(properties.eventLoops()).isNull();
		assertThat(properties.distribution()).isEqualTo(Distribution.SHARED);
		assertThat(properties.backlog()).isEqualTo(2048);
		assertThat(properties.bootTimeout()).hasSeconds(120);
		assertThat(properties.gracefulTimeout()).hasSeconds(30);
		assertThat(properties.drainDelay()).isZero();
		assertThat(properties.runDir()).isNull();
		assertThat(properties.restart().initialDelay()).hasMillis(500);
		assertThat(properties.restart().multiplier()).isEqualTo(2);
		assertThat(properties.restart().maxDelay()).hasSeconds(30);
		assertThat(properties.restart().resetAfter()).hasSeconds(60);
		assertThat(properties.jvm().options()).isEmpty();
		assertThat(properties.jvm().javaHome()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "true, TRUE", "false, FALSE", "auto, AUTO", "on, TRUE", "'\"false\"', FALSE", "AUTO, AUTO" })
	void whenEnabledIsSetInYamlThenBooleansWorkToo(String value, Enabled expected) throws Exception {
		Path file = TestYaml.write(this.directory, "enabled", value);

		PreforkProperties properties = TestYaml.bind(file);

		assertThat(properties.enabled()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "auto, auto", "4, 4", "'\"4\"', 4", "1, 1" })
	void whenWorkersIsSetInYamlThenNumbersAndAutoWork(String value, String expected) throws Exception {
		Path file = TestYaml.write(this.directory, "workers", value);

		PreforkProperties properties = TestYaml.bind(file);

		assertThat(properties.workers()).hasToString(expected);
	}

	@ParameterizedTest
	@CsvSource({ "/run/app, /run/app", "run/prefork, run/prefork" })
	void whenPathsAreSetThenTheyAreTakenAsTheyAre(String value, Path expected) throws Exception {
		Path runDir = TestYaml.write(this.directory, "run-dir", value);
		PreforkProperties first = TestYaml.bind(runDir);
		Path javaHome = TestYaml.write(this.directory, "jvm.java-home", value);
		PreforkProperties second = TestYaml.bind(javaHome);

		assertThat(first.runDir()).isEqualTo(expected);
		assertThat(second.jvm().javaHome()).isEqualTo(expected);
	}

	@Test
	void whenJvmOptionsAreListThenCommasInThemStay() throws Exception {
		Path file = TestYaml.write(this.directory, "jvm.options", "[ '-Xlog:gc*,safepoint', -Xmx256m ]");

		PreforkProperties properties = TestYaml.bind(file);

		assertThat(properties.jvm().options()).containsExactly("-Xlog:gc*,safepoint", "-Xmx256m");
	}

	@Test
	void whenAddressesAreListThenEachIsReadAndABadOneIsNamed() throws Exception {
		Path good = TestYaml.write(this.directory, "bind", "[ 8080, 'unix:/run/app.sock?mode=0660' ]");
		PreforkProperties properties = TestYaml.bind(good);
		Path bad = TestYaml.write(this.directory, "bind", "[ 8080, 'unix:/run/app.sock?mode=rw' ]");

		assertThat(properties.bind()).extracting(BindAddress::host)
			.containsExactly("0.0.0.0", "unix:/run/app.sock?mode=0660");
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> TestYaml.bind(bad))
			.havingCause()
			.isInstanceOfSatisfying(InvalidPreforkPropertyException.class, (ex) -> {
				assertThat(ex.getProperty()).isEqualTo("prefork.bind[1]");
				assertThat(ex.getReason()).isEqualTo("must have a mode of octal digits, for instance mode=0660");
			});
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			workers                | 0       | must be 'auto' or a whole number of at least 1
			workers                | -1      | must be 'auto' or a whole number of at least 1
			workers                | many    | must be 'auto' or a whole number of at least 1
			workers                | 2.5     | must be 'auto' or a whole number of at least 1
			workers                | 9999999999 | must be 'auto' or a whole number of at least 1
			enabled                | perhaps | must be one of: auto, true, false
			distribution           | fair    | must be one of: shared, reuseport, dispatch
			dispatch-strategy      | fair    | must be one of: least-connections, round-robin
			transport              | poll    | must be one of: auto, epoll, io_uring, nio
			on-master-loss         | die     | must be one of: drain, wait
					event-loops            | 0       | must be a whole number of at least 1
			event-loops            | all     | must be a whole number of at least 1
			backlog                | 0       | must be a whole number of at least 1
			backlog                | -5      | must be a whole number of at least 1
			worker-connections     | -1      | must be a whole number of 0 or more
			bind                   | here    | must be like 8080, host:8080, [::1]:8080 or unix:/run/app.sock
			boot-timeout           | 0       | must be a duration longer than 0, for instance 30s
			boot-timeout           | -5s     | must be a duration longer than 0, for instance 30s
			graceful-timeout       | -30s    | must be a duration longer than 0, for instance 30s
			graceful-timeout       | soon    | must be a duration longer than 0, for instance 30s
			drain-delay            | -1ms    | must be a duration of 0 or more, for instance 5s
			restart.initial-delay  | -1s     | must be a duration of 0 or more, for instance 5s
			restart.max-delay      | -1s     | must be a duration of 0 or more, for instance 5s
			restart.reset-after    | -1s     | must be a duration of 0 or more, for instance 5s
			restart.multiplier     | 0.5     | must be a number of at least 1
			restart.multiplier     | .nan    | must be a number of at least 1
			snapshot               | perhaps | must be true or false
			""")
	void whenValueIsBadThenFailureNamesPropertyValueLineAndReason(String property, String value, String reason)
			throws Exception {
		Path file = TestYaml.write(this.directory, property, value);

		assertThatExceptionOfType(BindException.class).isThrownBy(() -> TestYaml.bind(file))
			.havingCause()
			.isInstanceOfSatisfying(InvalidPreforkPropertyException.class, (ex) -> {
				assertThat(ex.getProperty()).isEqualTo("prefork." + property);
				assertThat(ex.getValue()).isEqualTo(".nan".equals(value) ? "NaN" : value);
				assertThat(ex.getOrigin()).endsWith("application.yml] - 3:" + (property.length() + 5));
				assertThat(ex.getReason()).isEqualTo(reason);
			});
	}

	@Test
	void whenBadValueIsAnEnvironmentVariableThenTheOriginIsThat() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of("PREFORK_EVENTLOOPS", "0")));

		assertThatExceptionOfType(BindException.class).isThrownBy(() -> PreforkPropertiesBinder.bind(environment))
			.havingCause()
			.isInstanceOfSatisfying(InvalidPreforkPropertyException.class, (ex) -> {
				assertThat(ex.getProperty()).isEqualTo("prefork.event-loops");
				assertThat(ex.getOrigin()).contains("PREFORK_EVENTLOOPS");
			});
	}

	@Test
	void whenDrainDelayIsZeroThenThatIsFine() throws Exception {
		Path file = TestYaml.write(this.directory, "drain-delay", "0");

		PreforkProperties properties = TestYaml.bind(file);

		assertThat(properties.drainDelay()).isEqualTo(Duration.ZERO);
	}

	@Test
	void whenWorkersShallWaitWithoutRunDirectoryThenFailureSaysWhatIsNeeded() {
		assertThatExceptionOfType(InvalidPreforkPropertyException.class)
			.isThrownBy(() -> TestYaml.bind(Map.of("prefork.on-master-loss", "wait")))
			.withMessageContaining("needs prefork.run-dir");

		assertThat(
				TestYaml.bind(Map.of("prefork.on-master-loss", "wait", "prefork.run-dir", "/run/app")).onMasterLoss())
			.isEqualTo(OnMasterLoss.WAIT);
	}

	@ParameterizedTest
	@CsvSource({ "nio, shared, needs prefork.distribution 'reuseport'",
			"nio, dispatch, needs prefork.distribution 'reuseport'" })
	void whenTransportCanNotServeTheDistributionThenFailureSaysWhichItNeeds(String transport, String distribution,
			String reason) {
		assertThatExceptionOfType(InvalidPreforkPropertyException.class)
			.isThrownBy(
					() -> TestYaml.bind(Map.of("prefork.transport", transport, "prefork.distribution", distribution)))
			.withMessageContaining("prefork.transport=" + transport)
			.withMessageContaining(reason);
	}

	@Test
	void whenNoWorkerCouldBeReplacedThenFailureSaysWhatToSet() {
		assertThatExceptionOfType(InvalidPreforkPropertyException.class)
			.isThrownBy(() -> TestYaml.bind(Map.of("prefork.surge", "0")))
			.withMessageContaining("as long as prefork.max-unavailable is 0");
	}

}
