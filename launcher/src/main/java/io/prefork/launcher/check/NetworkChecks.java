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

package io.prefork.launcher.check;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Accept queues and ports; see listen(2), ip(7) and the kernel's
 * Documentation/networking/ip-sysctl.rst.
 */
final class NetworkChecks {

	private static final String ACCEPT_QUEUE = "proc/sys/net/core/somaxconn";

	private static final String LOCAL_PORTS = "proc/sys/net/ipv4/ip_local_port_range";

	private static final String RESERVED_PORTS = "proc/sys/net/ipv4/ip_local_reserved_ports";

	private static final String REUSE = "proc/sys/net/ipv4/tcp_tw_reuse";

	private static final int FEW_PORTS = 20_000;

	private NetworkChecks() {
	}

	static List<Finding> findings(CheckedService service, SystemFiles files) {
		List<Finding> findings = new ArrayList<>();
		OptionalLong queue = files.number(ACCEPT_QUEUE);
		if (queue.isPresent() && queue.getAsLong() < service.backlog()) {
			findings.add(Finding.warning("accept queue",
					"the system cuts the accept queue of %d (prefork.backlog) to %d (net.core.somaxconn)"
						.formatted(service.backlog(), queue.getAsLong()),
					"connections that come while all workers are busy are refused or delayed by seconds",
					"sysctl -w net.core.somaxconn=%d, or lower prefork.backlog".formatted(service.backlog())));
		}
		addPorts(service, files, findings);
		return findings;
	}

	private static void addPorts(CheckedService service, SystemFiles files, List<Finding> findings) {
		String[] range = files.line(LOCAL_PORTS).strip().split("\\s+", -1);
		if (range.length != 2) {
			return;
		}
		int first = Integer.parseInt(range[0]);
		int last = Integer.parseInt(range[1]);
		String found = "net.ipv4.ip_local_port_range is %d to %d".formatted(first, last);
		for (int port : service.ports()) {
			if (port >= first && port <= last && files.line(RESERVED_PORTS).isBlank()) {
				findings.add(Finding.warning("port %d".formatted(port), found,
						"an outgoing connection may have that port just when the service starts",
						"another port, or sysctl -w net.ipv4.ip_local_reserved_ports=%d".formatted(port)));
			}
		}
		if (last - first < FEW_PORTS) {
			findings.add(Finding.advice("outgoing ports", found,
					"a balancer on this host has only %d connections to one address".formatted(last - first + 1),
					"sysctl -w net.ipv4.ip_local_port_range='10240 65535'"));
		}
		if (files.number(REUSE).orElse(1) == 0) {
			findings.add(Finding.advice("outgoing ports", "net.ipv4.tcp_tw_reuse is 0",
					"the port of a connection that was closed is blocked for a minute",
					"sysctl -w net.ipv4.tcp_tw_reuse=1"));
		}
	}

}
