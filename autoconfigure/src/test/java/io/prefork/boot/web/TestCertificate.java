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
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A certificate for {@code localhost} that signs itself, made by keytool(1).
 */
public final class TestCertificate {

	private static final String PASSWORD = "secret";

	static {
		// A connection that ends without close_notify (RFC 8446, 6.1) is a failure.
		System.setProperty("com.sun.net.ssl.requireCloseNotify", "true");
	}

	private final KeyStore store;

	private TestCertificate(KeyStore store) {
		this.store = store;
	}

	public static TestCertificate in(Path directory) throws IOException, GeneralSecurityException {
		Path file = directory.resolve("test.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "test", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
				"-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD)
			.inheritIO()
			.start();
		assertThat(keytool.onExit().join().exitValue()).isZero();
		return new TestCertificate(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
	}

	/**
	 * The certificate with its key, for a server.
	 * @return the bundle
	 */
	public SslBundle bundle() {
		return SslBundle.of(SslStoreBundle.of(this.store, PASSWORD, null));
	}

	/**
	 * What a client needs that trusts this certificate alone.
	 * @return the trust managers
	 */
	public TrustManagerFactory trustManagers() {
		return SslBundle.of(SslStoreBundle.of(null, null, this.store)).getManagers().getTrustManagerFactory();
	}

	public SSLContext trusted() {
		return SslBundle.of(SslStoreBundle.of(null, null, this.store)).createSslContext();
	}

}
