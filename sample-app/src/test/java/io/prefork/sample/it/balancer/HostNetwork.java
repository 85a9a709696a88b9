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

package io.prefork.sample.it.balancer;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.prefork.sample.it.support.CommandResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Where hosts are: each in a network namespace, at the end of a cable of its own, where
 * this process may lay one (see ip-netns(8) and veth(4)); else all on addresses of
 * 127.0.0.0/8. The addresses of namespaces are those that RFC 2544 keeps for tests.
 */
final class HostNetwork implements AutoCloseable {

	private final List<String> namespaces = new ArrayList<>();

	/**
	 * Lay cables.
	 * @param hosts to how many hosts
	 * @return the network
	 */
	static HostNetwork of(int hosts) {
		HostNetwork network = new HostNetwork();
		for (int i = 0; i < hosts; i++) {
			if (!network.add(i)) {
				network.close();
				break;
			}
		}
		return network;
	}

	private boolean add(int host) {
		String name = "prefork-%d-%d".formatted(ProcessHandle.current().pid(), host);
		if (!run("ip netns add " + name)) {
			return false;
		}
		this.namespaces.add(name);
		String cable = cable(host);
		return run("ip link add %s type veth peer name eth0 netns %s".formatted(cable, name))
				&& run("ip addr add 198.18.%d.1/24 dev %s".formatted(host, cable))
				&& run("ip link set %s up".formatted(cable))
				&& run("ip -n %s addr add 198.18.%d.2/24 dev eth0".formatted(name, host))
				&& run("ip -n %s link set eth0 up".formatted(name)) && run("ip -n %s link set lo up".formatted(name));
	}

	/**
	 * The address of a host.
	 * @param host which one
	 * @return its address
	 */
	String address(int host) {
		return (namespace(host) != null) ? "198.18.%d.2".formatted(host) : "127.0.0." + (host + 2);
	}

	/**
	 * What makes a command run on a host.
	 * @param host which one
	 * @return what to put before the command
	 */
	List<String> wrapper(int host) {
		String namespace = namespace(host);
		return (namespace != null) ? List.of("nsenter", "--net=/run/netns/" + namespace) : List.of();
	}

	/**
	 * Pull the cable of a host: whatever is sent there is lost, and nobody says so.
	 * @param host which one
	 */
	void unplug(int host) {
		String namespace = namespace(host);
		assumeThat(namespace).as("hosts have cables").isNotNull();
		assertThat(run("ip -n %s link set eth0 down".formatted(namespace))).isTrue();
	}

	@Override
	public void close() {
		for (int i = 0; i < this.namespaces.size(); i++) {
			run("ip link del " + cable(i));
			run("ip netns del " + this.namespaces.get(i));
		}
		this.namespaces.clear();
	}

	private @Nullable String namespace(int host) {
		return this.namespaces.isEmpty() ? null : this.namespaces.get(host);
	}

	private static String cable(int host) {
		return "pf%d-%d".formatted(ProcessHandle.current().pid(), host);
	}

	private static boolean run(String line) {
		return CommandResult.of("sh", "-c", line).exitCode() == 0;
	}

}
