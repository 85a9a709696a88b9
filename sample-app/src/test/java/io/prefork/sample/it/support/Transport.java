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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.netty.channel.uring.IoUring;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What workers accept, read and write with; the name as it is in
 * {@code prefork.transport}.
 */
public enum Transport {

	/**
	 * Readiness, see epoll(7).
	 */
	EPOLL,

	/**
	 * Completions, see io_uring(7); needs jars that the application does not come with.
	 */
	IO_URING,

	/**
	 * The JVM's own channels, each worker with sockets of its own.
	 */
	NIO;

	/**
	 * Skip the test if the machine does not have this.
	 */
	public void assumeAvailable() {
		if (this == IO_URING) {
			assumeThat(IoUring.isAvailable())
				.as(() -> "io_uring can't be tested here: " + IoUring.unavailabilityCause().getMessage())
				.isTrue();
		}
	}

	/**
	 * Return what has to be added to the application.
	 * @return jars
	 */
	public List<Path> libraries() {
		return (this == IO_URING) ? IoUringJars.all() : List.of();
	}

	/**
	 * Whether connections that wait to be accepted outlive the worker in whose queue they
	 * wait.
	 * @return {@code true} if they do
	 */
	public boolean keepsQueues() {
		return this != NIO || isMigrating();
	}

	/**
	 * Whether a process has a ring, or none if it should not. See io_uring_setup(2) and
	 * proc(5).
	 * @param pid the process
	 * @return {@code true} if it is as it should be
	 */
	public boolean isUsedBy(long pid) {
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/%d/fd".formatted(pid)))) {
			return descriptors.anyMatch(Transport::isRing) == (this == IO_URING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	private static boolean isMigrating() {
		try {
			return Files.readString(Path.of("/proc/sys/net/ipv4/tcp_migrate_req")).strip().equals("1");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean isRing(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().equals("anon_inode:[io_uring]");
		}
		catch (IOException ex) {
			// It has been closed meanwhile.
			return false;
		}
	}

}
