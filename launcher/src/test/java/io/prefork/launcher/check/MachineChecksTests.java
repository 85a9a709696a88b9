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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.check.Finding.Severity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MachineChecks} and what it puts together.
 */
class MachineChecksTests {

	private static final long MIB = 1L << 20;

	@TempDir
	private Path root;

	@Test
	void whenNothingCanBeReadThenNothingIsFound() {
		assertThat(findings()).isEmpty();
	}

	@Test
	void whenTheMachineIsAsItShouldBeThenNothingIsFound() {
		write("proc/sys/net/core/somaxconn", "4096");
		write("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999");
		write("proc/sys/net/ipv4/tcp_tw_reuse", "2");
		write("proc/4711/limits",
				"Limit  Soft Limit  Hard Limit  Units\nMax open files            unlimited  1  files");
		write("proc/meminfo", "MemTotal:        4096000 kB\nSwapTotal:             0 kB");
		write("proc/sys/vm/swappiness", "60");
		write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never");
		write("sys/fs/cgroup/cpu.max", "max 100000");
		write("sys/fs/cgroup/cpu.stat", "usage_usec 5\nnr_periods 100\nnr_throttled 5");
		write("sys/fs/cgroup/memory.max", "max");
		write("sys/fs/cgroup/memory.events", "low 0\noom_kill 0");

		assertThat(findings()).isEmpty();
	}

	@Test
	void whenTheAcceptQueueIsCutThenItIsFound() {
		write("proc/sys/net/core/somaxconn", "128");

		verify("accept queue", "the system cuts the accept queue of 2048 (prefork.backlog) to 128 (net.core.somaxconn)",
				"sysctl -w net.core.somaxconn=2048, or lower prefork.backlog");
	}

	@Test
	void whenThePortIsOneOfOutgoingConnectionsThenItIsFound() {
		write("proc/sys/net/ipv4/ip_local_port_range", "1024 65535");

		verify("port 8080", "net.ipv4.ip_local_port_range is 1024 to 65535",
				"another port, or sysctl -w net.ipv4.ip_local_reserved_ports=8080");
		write("proc/sys/net/ipv4/ip_local_reserved_ports", "8080");
		assertThat(findings()).isEmpty();
	}

	@Test
	void whenOutgoingPortsAreFewThenThatIsAdvice() {
		write("proc/sys/net/ipv4/ip_local_port_range", "32768 40000");
		write("proc/sys/net/ipv4/tcp_tw_reuse", "0");

		assertThat(findings()).extracting(Finding::severity).containsExactly(Severity.ADVICE, Severity.ADVICE);
	}

	@Test
	void whenFilesAreFewThenTheyAreFound() {
		write("proc/4711/limits", "Max open files            1024                 1024                 files");

		verify("open files", "each process may have only 1024 files open",
				"raise the limit to 4096 or more (ulimit -n, LimitNOFILE= in a systemd unit)");
	}

	@Test
	void whenTheQuotaIsSmallThenItIsFound() {
		write("sys/fs/cgroup/cpu.max", "50000 100000");

		verify("CPU quota", "the container may use 0.50 of a CPU",
				"a quota of at least one CPU (in Kubernetes: resources.limits.cpu), or none");
	}

	@Test
	void whenTheQuotaIsOfAnOldControlGroupThenItIsFound() {
		write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "25000");
		write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");

		verify("CPU quota", "the container may use 0.25 of a CPU",
				"a quota of at least one CPU (in Kubernetes: resources.limits.cpu), or none");
		write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1");
		assertThat(findings()).isEmpty();
	}

	@Test
	void whenTheContainerIsThrottledThenItIsFound() {
		write("sys/fs/cgroup/cpu.stat", "nr_periods 100\nnr_throttled 6");

		verify("CPU quota", "the container was throttled in 6 of 100 periods (/sys/fs/cgroup/cpu.stat)",
				"a larger quota, or fewer workers");
	}

	@Test
	void whenMemoryIsShortThenItIsFound() {
		write("proc/meminfo", "MemTotal:       16384000 kB");
		write("sys/fs/cgroup/memory.max", Long.toString(1000 * MIB));

		verify("memory", "3 processes of 300 MiB and the master need 1028 MiB, and there are 1000 MiB",
				"fewer workers (prefork.workers), smaller heaps (prefork.jvm.heap), or more memory");
	}

	@Test
	void whenTheKernelHasKilledThenItIsFound() {
		write("sys/fs/cgroup/memory.events", "low 0\noom 3\noom_kill 2");

		verify("memory", "the kernel has killed 2 processes of this container (/sys/fs/cgroup/memory.events)",
				"more memory, or fewer workers");
	}

	@Test
	void whenMemoryIsManagedBadlyThenThatIsAdvice() {
		write("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never");
		write("proc/meminfo", "MemTotal:       16384000 kB\nSwapTotal:       1024 kB");
		write("proc/sys/vm/swappiness", "60");

		assertThat(findings()).extracting(Finding::subject).containsExactly("huge pages", "swap");
		assertThat(findings()).extracting(Finding::severity).containsOnly(Severity.ADVICE);
	}

	@Test
	void whenRunDirectoryIsOnAnotherMachineOrFullThenItIsFound() {
		assertThat(DirectoryChecks.findings(this.root, "ext4", 100 * MIB)).isEmpty();
		assertThat(DirectoryChecks.findings(this.root, "nfs4", MIB)).extracting(Finding::found)
			.containsExactly(this.root + " is on a file system of type nfs4", this.root + " has 1 MiB left");
		assertThat(DirectoryChecks.findings(this.root.resolve("missing"))).isEmpty();
	}

	private void verify(String subject, String found, String remedy) {
		assertThat(findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.subject()).isEqualTo(subject);
			assertThat(finding.found()).isEqualTo(found);
			assertThat(finding.why()).isNotEmpty();
			assertThat(finding.remedy()).isEqualTo(remedy);
		});
	}

	private List<Finding> findings() {
		return MachineChecks.findings(new CheckedService("4711", 2048, 3, 300 * MIB, List.of(8080)),
				new SystemFiles(this.root));
	}

	private void write(String file, String content) {
		try {
			Path path = this.root.resolve(file);
			Files.createDirectories(path.getParent());
			Files.writeString(path, content + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
