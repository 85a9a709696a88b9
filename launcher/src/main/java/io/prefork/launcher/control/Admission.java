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

package io.prefork.launcher.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Set;

import io.netty.channel.unix.PeerCredentials;
import org.jspecify.annotations.Nullable;

import io.prefork.protocol.Message;
import io.prefork.protocol.Message.Purpose;
import io.prefork.rundir.PrivateDirectory;

/**
 * Who may connect for a session: one process of this user that knows the token, once for
 * each purpose. Not thread-safe.
 */
final class Admission {

	private static final int OWN_UID = PrivateDirectory.ownUid();

	private static final int ROOT = 0;

	private final Set<Purpose> admitted = EnumSet.noneOf(Purpose.class);

	private final String token;

	private @Nullable Long pid;

	Admission(String token) {
		this.token = token;
	}

	void onlyFor(long pid) {
		this.pid = pid;
	}

	/**
	 * Whether a caller may connect.
	 * @param hello what the caller said
	 * @param peer the caller's process and user, by the kernel
	 * @return {@code true} if it may
	 */
	boolean admits(Message.Hello hello, PeerCredentials peer) {
		boolean known = peer.uid() == OWN_UID && (this.pid == null || this.pid == peer.pid())
				&& MessageDigest.isEqual(bytes(this.token), bytes(hello.token()));
		return known && this.admitted.add(hello.purpose());
	}

	/**
	 * Whether somebody may operate the service: its user, and root, who may do anything.
	 * @param peer the caller's process and user, by the kernel
	 * @return {@code true} if so
	 */
	static boolean mayOperate(PeerCredentials peer) {
		return peer.uid() == OWN_UID || peer.uid() == ROOT;
	}

	/**
	 * Let the process connect once more.
	 */
	void again() {
		this.admitted.clear();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
