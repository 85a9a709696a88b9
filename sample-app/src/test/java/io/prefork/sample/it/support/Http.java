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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * A client for single requests.
 */
public final class Http {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final HttpClient client;

	private Http(HttpClient.Builder client) {
		this.client = client.connectTimeout(CONNECT_TIMEOUT).build();
	}

	/**
	 * Create a client that speaks HTTP/1.1.
	 * @return a client with a connection pool of its own
	 */
	public static Http http11() {
		return new Http(HttpClient.newBuilder().version(Version.HTTP_1_1));
	}

	/**
	 * Create a client that asks for an upgrade to HTTP/2 on clear-text connections (RFC
	 * 7540, section 3.2).
	 * @return a client with a connection pool of its own
	 */
	public static Http http2() {
		return new Http(HttpClient.newBuilder().version(Version.HTTP_2));
	}

	/**
	 * Create a client that accepts any certificate for any host, over HTTP/2 if the
	 * server offers it.
	 * @return a client with a connection pool of its own
	 */
	public static Http trustAll() {
		return new Http(HttpClient.newBuilder().version(Version.HTTP_2).sslContext(TrustAll.context()));
	}

	/**
	 * Say who asks (RFC 7617).
	 * @param user the name of the user
	 * @param password the password
	 * @return the value of the header Authorization
	 */
	public static String basic(String user, String password) {
		return "Basic " + Base64.getEncoder()
			.encodeToString("%s:%s".formatted(user, password).getBytes(StandardCharsets.UTF_8));
	}

	public HttpReply get(String url) {
		return send("GET", url, BodyPublishers.noBody());
	}

	/**
	 * Get something in a format.
	 * @param url where from
	 * @param mediaType the format
	 * @return the response
	 */
	public HttpReply get(String url, String mediaType) {
		return send(HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).header("Accept", mediaType).build());
	}

	public HttpReply delete(String url) {
		return send("DELETE", url, BodyPublishers.noBody());
	}

	/**
	 * Post a JSON document.
	 * @param url where to
	 * @param json the document, may be empty
	 * @return the response
	 */
	public HttpReply post(String url, String json) {
		return send("POST", url, BodyPublishers.ofString(json));
	}

	private HttpReply send(String method, String url, BodyPublisher body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).method(method, body);
		if (body.contentLength() > 0) {
			request.header("Content-Type", "application/json");
		}
		return send(request.build());
	}

	/**
	 * Send any request.
	 * @param request the request
	 * @return the response
	 * @throws UncheckedIOException if there was none
	 */
	public HttpReply send(HttpRequest request) {
		try {
			HttpResponse<String> response = this.client.send(request, BodyHandlers.ofString());
			return new HttpReply(response.statusCode(), response.body(), response.headers(), response.version());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(request + " failed: " + ex, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for " + request, ex);
		}
	}

}
