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

package io.prefork.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes that may hand over their listeners to a new master. A master keeps it in
 * a file of its run directory, so that the new one knows whom to trust.
 *
 * @param members the processes
 */
public record Roster(List<Member> members) {

	private static final int FIELDS = 3;

	public Roster {
		members = List.copyOf(members);
	}

	/**
	 * Read a file; lines that make no sense are skipped, as no process can show what they
	 * ask for.
	 * @param file the file
	 * @return its content
	 * @throws IOException if it can't be read
	 */
	public static Roster read(Path file) throws IOException {
		List<Member> members = new ArrayList<>();
		for (String line : Files.readAllLines(file)) {
			String[] fields = line.split(" ", -1);
			if (fields.length == FIELDS && fields[0].matches("\\d{1,10}")) {
				members.add(new Member(Long.parseLong(fields[0]), fields[1], fields[2]));
			}
		}
		return new Roster(members);
	}

	/**
	 * Write a file, as a whole or not at all.
	 * @param file the file
	 * @throws IOException if it can't be written
	 */
	public void write(Path file) throws IOException {
		List<String> lines = this.members.stream()
			.map((member) -> "%d %s %s".formatted(member.pid(), member.start(), member.token()))
			.toList();
		Path temporary = Files.write(RunDirectoryFiles.unfinishedBeside(file), lines);
		Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
	}

	/**
	 * A process that holds listeners.
	 *
	 * @param pid its id
	 * @param start its start, without blanks: a process id is used again
	 * @param token the secret that it has to show
	 */
	public record Member(long pid, String start, String token) {

	}

}
