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

package io.prefork.rundir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A process other than that of the tests that holds a run directory until it is killed.
 */
public final class OtherMaster implements AutoCloseable {

	private final Process process;

	private OtherMaster(Process process) {
		this.process = process;
	}

	/**
	 * Take the directory that is given, say so, and wait for the end of the input.
	 * @param args the directory and whether it is temporary
	 * @throws IOException if the directory can't be taken
	 */
	public static void main(String[] args) throws IOException {
		RunDirectory taken = RunDirectory.take(Path.of(args[0]), Boolean.parseBoolean(args[1]),
				ProcessHandle.current().pid());
		System.out.println((taken != null) ? "taken" : "held");
		int end = System.in.read();
		System.exit(end);
	}

	static OtherMaster takes(Path directory, boolean temporary) throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", "target/classes:target/test-classes", OtherMaster.class.getName(),
				directory.toString(), Boolean.toString(temporary))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		BufferedReader reader = process.inputReader();
		String answer = reader.readLine();
		if (!"taken".equals(answer)) {
			process.destroyForcibly();
			throw new IOException("The other master said " + answer);
		}
		return new OtherMaster(process);
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * Kill the process and wait for its end.
	 */
	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
