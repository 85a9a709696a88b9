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

package io.prefork.launcher.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Passes a process' standard error on and keeps the end of it, for the day the process
 * fails.
 */
final class OutputTail {

	private static final int CAPACITY = 4096;

	private final byte[] tail = new byte[CAPACITY];

	private final CompletableFuture<String> complete = new CompletableFuture<>();

	private int length;

	private OutputTail() {
	}

	/**
	 * Start to pass output on, on a thread of its own.
	 * @param in the output
	 * @param out where it goes; stays open
	 * @param thread the name of the thread
	 * @return the tail
	 */
	static OutputTail follow(InputStream in, OutputStream out, String thread) {
		OutputTail tail = new OutputTail();
		Thread pump = new Thread(() -> tail.pump(in, out), thread);
		pump.setDaemon(true);
		pump.start();
		return tail;
	}

	/**
	 * The end of the output, once it has ended.
	 * @param limit how long to wait for that; the process may have left others behind
	 * that have its output
	 * @return the text, empty if it has not ended
	 */
	String await(Duration limit) {
		try {
			return this.complete.get(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "";
		}
		catch (ExecutionException | TimeoutException ex) {
			return "";
		}
	}

	private void pump(InputStream in, OutputStream out) {
		byte[] buffer = new byte[1024];
		try (in) {
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				out.write(buffer, 0, read);
				out.flush();
				keep(buffer, read);
			}
		}
		catch (IOException ex) {
			// The process is gone; what there was is kept.
		}
		this.complete.complete(new String(this.tail, 0, this.length, Charset.defaultCharset()).strip());
	}

	private void keep(byte[] buffer, int read) {
		int overflow = Math.max(0, this.length + read - CAPACITY);
		System.arraycopy(this.tail, overflow, this.tail, 0, this.length - overflow);
		System.arraycopy(buffer, 0, this.tail, this.length - overflow, read);
		this.length += read - overflow;
	}

}
