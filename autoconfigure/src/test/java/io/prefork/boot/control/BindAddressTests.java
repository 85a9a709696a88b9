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

package io.prefork.boot.control;

import java.net.InetSocketAddress;

import io.netty.channel.unix.DomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BindAddress}.
 */
class BindAddressTests {

	@ParameterizedTest
	@CsvSource({ "8080, 0.0.0.0, 8080", ":8080, 0.0.0.0, 8080", "127.0.0.1:0, 127.0.0.1, 0",
			"localhost:8080, 127.0.0.1, 8080", "[::1]:8080, 0:0:0:0:0:0:0:1, 8080", "' 8080 ', 0.0.0.0, 8080" })
	void whenTextIsAPortThenTheHostIsResolved(String text, String host, int port) {
		BindAddress address = BindAddress.of(text);

		assertThat(address.isUnix()).isFalse();
		assertThat(address.host()).isEqualTo(host);
		assertThat(address.port()).isEqualTo(port);
		assertThat(address.socket()).isInstanceOfSatisfying(InetSocketAddress.class,
				(socket) -> assertThat(socket.getPort()).isEqualTo(port));
	}

	@Test
	void whenTextIsAUnixDomainSocketThenItsOptionsGoToTheMasterOnly() {
		BindAddress address = BindAddress.of("unix:/run/app.sock?mode=0660");

		assertThat(address.isUnix()).isTrue();
		assertThat(address.socket()).isEqualTo(new DomainSocketAddress("/run/app.sock"));
		assertThat(address.host()).isEqualTo("unix:/run/app.sock?mode=0660");
		assertThat(address.port()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "host", "host:", "8080:", "::1:8080", "127.0.0.1:65536", "http://localhost:8080" })
	void whenTextIsNoAddressThenTheMessageSaysWhatItMustBe(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> BindAddress.of(text))
			.withMessage("must be like 8080, host:8080, [::1]:8080 or unix:/run/app.sock");
	}

	@Test
	void whenHostIsUnknownThenTheMessageNamesIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> BindAddress.of("no-such-host.invalid:8080"))
			.withMessage("must name a host that this machine knows; 'no-such-host.invalid' is none");
	}

}
