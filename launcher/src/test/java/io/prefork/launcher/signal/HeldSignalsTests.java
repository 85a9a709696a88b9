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

package io.prefork.launcher.signal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sun.misc.Signal;

import io.prefork.launcher.process.IgnoredHangup;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeldSignals}, with signals to this JVM.
 */
class HeldSignalsTests {

	@ParameterizedTest
	@ValueSource(strings = { "HUP", "USR1", "TTIN", "TTOU" })
	void whenSignalComesTooEarlyThenItIsHandledLater(String name) throws InterruptedException {
		Assumptions.assumeFalse(name.equals("HUP") && IgnoredHangup.isSet(), "started by nohup, this JVM gets no HUP");
		CountDownLatch handled = new CountDownLatch(1);
		HeldSignals.hold();
		HeldSignals.hold();
		Signal.raise(new Signal(name));

		try (Signals signals = Signals.handle(Map.of(name, handled::countDown))) {
			assertThat(signals).isNotNull();
			assertThat(handled.await(20, TimeUnit.SECONDS)).isTrue();
		}
		HeldSignals.release();
	}

	@Test
	void whenThereIsNoMasterThenTheSignalDoesWhatItDid() throws InterruptedException {
		CountDownLatch did = new CountDownLatch(1);
		try (Signals before = Signals.handle(List.of("USR1"), (name) -> did.countDown())) {
			assertThat(before).isNotNull();
			HeldSignals.hold();
			Signal.raise(new Signal("USR1"));

			HeldSignals.release();

			assertThat(did.await(20, TimeUnit.SECONDS)).isTrue();
		}
	}

}
