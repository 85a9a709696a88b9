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

import java.util.Map;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes the manual page, in the language of groff_man(7).
 */
final class ManPage {

	private ManPage() {
	}

	/**
	 * Write the page.
	 * @param commandLine the command line that it describes
	 * @return the page
	 */
	static String of(CommandLine commandLine) {
		StringBuilder page = new StringBuilder(
				".TH PREFORK 1 \"\" \"Prefork\" \"User Commands\"\n.SH NAME\nprefork \\- ");
		page.append(escape(String.join(" ", commandLine.getCommandSpec().usageMessage().description())));
		page.append("\n.SH SYNOPSIS\n.B prefork\n.I COMMAND\n[options]\n.SH COMMANDS\n");
		for (Map.Entry<String, CommandLine> command : commandLine.getSubcommands().entrySet()) {
			page.append(".SS prefork ").append(escape(command.getKey())).append("\n.nf\n");
			page.append(escape(usage(command.getValue()))).append(".fi\n");
		}
		page.append(".SH ENVIRONMENT\n.TP\nJAVA_HOME\nThe JVM.\n.TP\nPREFORK_JAVA_OPTS\nOptions of the JVM.\n");
		page.append(".TP\nNO_COLOR\nIf it is set, there are no colours.\n");
		return page.toString();
	}

	private static String usage(CommandLine command) {
		CommandSpec spec = command.getCommandSpec();
		spec.usageMessage().width(80);
		return command.getUsageMessage(Ansi.OFF).replace(System.lineSeparator(), "\n");
	}

	private static String escape(String text) {
		return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replaceAll("(?m)^\\.", "\\\\&.");
	}

}
