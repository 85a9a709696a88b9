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

/**
 * The Close frames that servers send (RFC 6455, 5.5.1), each byte as a char.
 */
public final class CloseFrames {

	public static final String RESTART = frame(0x88, 17, 1012 >> 8, 1012 & 0xff) + "Service Restart";

	public static final String GOING_AWAY = frame(0x88, 22, 1001 >> 8, 1001 & 0xff) + "Endpoint unavailable";

	private CloseFrames() {
	}

	public static String frame(int... bytes) {
		return new String(bytes, 0, bytes.length);
	}

}
