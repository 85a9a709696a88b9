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

package io.prefork.launcher.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;

import io.prefork.contract.Labels;
import io.prefork.launcher.check.Finding;
import io.prefork.launcher.check.Finding.Severity;
import io.prefork.launcher.report.Json;

/**
 * Prints what checks have found, the worst first.
 */
final class FindingsReport {

	private FindingsReport() {
	}

	/**
	 * Print findings.
	 * @param findings the findings
	 * @param json whether they are for a program
	 * @param out where to print them
	 * @return the exit code
	 */
	static int print(List<Finding> findings, boolean json, PrintWriter out) {
		List<Finding> sorted = findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
		if (json) {
			out.println(Json.of(sorted));
		}
		else if (sorted.isEmpty()) {
			out.println("nothing to mend");
		}
		else {
			sorted.forEach((finding) -> out.printf("%s: %s: %s%n    %s%n    -> %s%n", Labels.of(finding.severity()),
					finding.subject(), finding.found(), finding.why(), finding.remedy()));
		}
		return sorted.stream().anyMatch((finding) -> finding.severity() == Severity.WARNING) ? CommandCodes.WARNED
				: CommandCodes.DONE;
	}

}
