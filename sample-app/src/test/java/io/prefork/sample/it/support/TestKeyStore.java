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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An SSL bundle named "test", with a certificate of its own for localhost.
 */
public final class TestKeyStore {

	private static final String ALIAS = "test";

	private static final String PASSWORD = "secret";

	private TestKeyStore() {
	}

	/**
	 * Create the key store of the bundle.
	 * @param directory where to
	 * @return arguments of the application that define the bundle
	 */
	public static String[] in(Path directory) {
		Path store = directory.resolve("test.p12");
		create(store);
		return new String[] { "--spring.ssl.bundle.jks.test.keystore.location=file:" + store,
				"--spring.ssl.bundle.jks.test.keystore.password=" + PASSWORD,
				"--spring.ssl.bundle.jks.test.keystore.type=PKCS12" };
	}

	/**
	 * Create a certificate and its key as balancers want them, in PEM (RFC 7468).
	 * @param certificate the file for the certificate
	 * @param key the file for the key; may be the same
	 * @throws IOException if they can't be written
	 */
	public static void pem(Path certificate, Path key) throws IOException {
		Path store = certificate.resolveSibling("pem.p12");
		create(store);
		try (InputStream in = Files.newInputStream(store)) {
			KeyStore entries = KeyStore.getInstance("PKCS12");
			entries.load(in, PASSWORD.toCharArray());
			Files.writeString(certificate, pem("CERTIFICATE", entries.getCertificate(ALIAS).getEncoded()));
			Files.writeString(key, pem("PRIVATE KEY", entries.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()),
					StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("No certificate", ex);
		}
	}

	private static String pem(String what, byte[] content) {
		return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what,
				Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content));
	}

	private static void create(Path store) {
		run(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
				ALIAS, "-keyalg", "EC", "-dname", "CN=localhost", "-storetype", "PKCS12", "-keystore", store.toString(),
				"-storepass", PASSWORD));
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
