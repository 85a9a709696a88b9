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

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.web.server.Ssl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server's certificate that nobody trusts.
 */
final class TestCertificate {

	private static final String PASSWORD = "password";

	private TestCertificate() {
	}

	/**
	 * Make a key and its certificate.
	 * @param directory where to put them
	 * @return the settings of a server that has them
	 * @throws IOException if the JDK's keytool can't be started
	 * @throws InterruptedException if the thread is interrupted
	 */
	static Ssl in(Path directory) throws IOException, InterruptedException {
		Path keys = directory.resolve("keys.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=somewhere.else", "-storetype",
				"PKCS12", "-storepass", PASSWORD, "-keystore", keys.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
		Ssl ssl = new Ssl();
		ssl.setKeyStore(keys.toString());
		ssl.setKeyStorePassword(PASSWORD);
		ssl.setTrustStore(keys.toString());
		ssl.setTrustStorePassword(PASSWORD);
		return ssl;
	}

}
