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

package io.prefork.sample.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An SSL bundle named "test", with a certificate of its own for localhost.
 */
public final class TestKeyStore {

	private TestKeyStore() {
	}

	/**
	 * Create the key store of the bundle.
	 * @param directory where to
	 * @return arguments of the application that define the bundle
	 */
	public static String[] in(Path directory) {
		Path store = directory.resolve("test.p12");
		run(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
				"test", "-keyalg", "EC", "-dname", "CN=localhost", "-storetype", "PKCS12", "-keystore",
				store.toString(), "-storepass", "secret"));
		return new String[] { "--spring.ssl.bundle.jks.test.keystore.location=file:" + store,
				"--spring.ssl.bundle.jks.test.keystore.password=secret",
				"--spring.ssl.bundle.jks.test.keystore.type=PKCS12" };
	}

	private static void run(List<String> command) {
		try {
			Process process = new ProcessBuilder(command).inheritIO().start();
			assertThat(process.onExit().join().exitValue()).isZero();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
