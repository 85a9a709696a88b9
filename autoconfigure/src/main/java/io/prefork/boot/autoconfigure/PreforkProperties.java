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

package io.prefork.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

import io.prefork.boot.control.BindAddress;
import io.prefork.contract.DispatchStrategy;
import io.prefork.contract.Distribution;
import io.prefork.contract.OnMasterLoss;

/**
 * Properties of the master and its workers.
 */
@ConfigurationProperties("prefork")
public class PreforkProperties {

	/**
	 * Whether to run as a master with worker processes: "auto" does so when the
	 * application was started from a main method, and not in tests, AOT processing,
	 * training runs, under DevTools, with a debugger attached, for a non-reactive
	 * application, or where the platform can't.
	 */
	private Enabled enabled = Enabled.AUTO;

	/**
	 * Number of workers, or "auto" for one per available CPU as long as each has room in
	 * memory.
	 */
	private WorkerCount workers = WorkerCount.AUTO;

	/**
	 * Number of event loops per worker; by default the available CPUs divided by the
	 * number of workers, at least 1.
	 */
	@Requires(Requirement.AT_LEAST_ONE)
	private @Nullable Integer eventLoops;

	/**
	 * How connections reach the workers. With "shared" all workers accept from one socket
	 * that the master owns; with "reuseport" each slot has a socket of its own, and the
	 * kernel chooses; with "dispatch" the master accepts and passes each connection to a
	 * worker.
	 */
	private Distribution distribution = Distribution.SHARED;

	/**
	 * Which worker gets the next connection with "dispatch".
	 */
	private DispatchStrategy dispatchStrategy = DispatchStrategy.LEAST_CONNECTIONS;

	/**
	 * System interface by which the workers' servers accept, read and write; "auto" is
	 * epoll. For "io_uring" add netty-transport-native-io_uring; where it is missing, or
	 * the system refuses io_uring, epoll takes its place, and the log says why. "nio"
	 * needs prefork.distribution "reuseport".
	 */
	private Transport transport = Transport.AUTO;

	/**
	 * Addresses on which the application's server listens, in place of server.port and
	 * server.address: "8080" or ":8080" for all addresses of the machine, "host:8080",
	 * "[::1]:8080", or a Unix domain socket like "unix:/run/app.sock?mode=0660", with
	 * owner and group as further options. A separate management server is not concerned.
	 */
	private List<BindAddress> bind = new ArrayList<>();

	/**
	 * Largest number of connections of a worker, at which it stops accepting until one is
	 * closed; the others take what comes, and what none can take waits in the accept
	 * queue. 0 for any number.
	 */
	private int workerConnections = 0;

	/**
	 * Length of the accept queue of each listener; the system cuts it at
	 * net.core.somaxconn.
	 */
	@Requires(Requirement.AT_LEAST_ONE)
	private int backlog = 2048;

	/**
	 * Longest time from the start of a worker's process until it is ready; a worker that
	 * takes longer is replaced.
	 */
	@Requires(Requirement.POSITIVE)
	private Duration bootTimeout = Duration.ofMinutes(2);

	/**
	 * Time that a worker has to finish what is in flight before its connections are cut.
	 */
	@Requires(Requirement.POSITIVE)
	private Duration gracefulTimeout = Duration.ofSeconds(30);

	/**
	 * Wait between "not ready" and "stop accepting" when a worker drains, for load
	 * balancers in front.
	 */
	private Duration drainDelay = Duration.ZERO;

	/**
	 * Directory for the control socket; by default one per master below $XDG_RUNTIME_DIR
	 * or the directory for temporary files.
	 */
	private @Nullable Path runDir;

	/**
	 * What workers do when their master is gone: "drain" finishes what is in flight and
	 * exits; "wait" serves on until a new master takes over, and needs prefork.run-dir,
	 * by which that one finds them.
	 */
	private OnMasterLoss onMasterLoss = OnMasterLoss.DRAIN;

	/**
	 * Silence of any event loop after which a worker is replaced: its replacement is made
	 * ready first, then it gets a thread dump, SIGTERM and SIGKILL. 0 for never.
	 */
	private Duration timeout = Duration.ofSeconds(30);

	/**
	 * Time that an event loop may be blocked before it is reported with its stack. 0 for
	 * never.
	 */
	private Duration stallThreshold = Duration.ofMillis(500);

	/**
	 * Number of requests after which a worker is recycled; 0 for never. Each HTTP/2
	 * stream and each WebSocket message that arrives counts as one.
	 */
	private long maxRequests = 0;

	/**
	 * Most by which max-requests is raised, at random for each worker.
	 */
	private long maxRequestsJitter = 0;

	/**
	 * Time of service after which a worker is recycled; 0 for never.
	 */
	private Duration maxAge = Duration.ZERO;

	/**
	 * Most by which max-age is raised, at random for each worker.
	 */
	private Duration maxAgeJitter = Duration.ZERO;

	/**
	 * Resident set above which a worker is recycled if it stays there for several
	 * heartbeats; 0 for never.
	 */
	private DataSize maxRss = DataSize.ofBytes(0);

	/**
	 * Number of extra workers that planned work (reload, recycling) may have at once.
	 */
	private int surge = 1;

	/**
	 * Number of slots that planned work (reload, recycling) may have without a ready
	 * worker at once.
	 */
	private int maxUnavailable = 0;

	/**
	 * Number of booted workers in waiting, which take over from a lost worker at once.
	 */
	private int spares = 0;

	/**
	 * Path of the request that each worker sends to itself before it is ready, so that no
	 * client pays for the first one; a 5xx answer of a reload's first worker rolls the
	 * reload back. Empty for no such request.
	 */
	@Requires(Requirement.PATH_OF_REQUEST)
	private String probe = "/";

	/**
	 * Whether each generation of workers runs from a copy of the application, so that its
	 * files may be replaced while it runs; "false" where they never change, as in an
	 * image, saves the copy.
	 */
	private boolean snapshot = true;

	/**
	 * File for the process id of the master.
	 */
	private @Nullable Path pidFile;

	private final Restart restart = new Restart();

	private final Reload reload = new Reload();

	private final Jvm jvm = new Jvm();

	public Enabled getEnabled() {
		return this.enabled;
	}

	public void setEnabled(Enabled enabled) {
		this.enabled = enabled;
	}

	public WorkerCount getWorkers() {
		return this.workers;
	}

	public void setWorkers(WorkerCount workers) {
		this.workers = workers;
	}

	public @Nullable Integer getEventLoops() {
		return this.eventLoops;
	}

	public void setEventLoops(@Nullable Integer eventLoops) {
		this.eventLoops = eventLoops;
	}

	public Distribution getDistribution() {
		return this.distribution;
	}

	public void setDistribution(Distribution distribution) {
		this.distribution = distribution;
	}

	public DispatchStrategy getDispatchStrategy() {
		return this.dispatchStrategy;
	}

	public void setDispatchStrategy(DispatchStrategy dispatchStrategy) {
		this.dispatchStrategy = dispatchStrategy;
	}

	public Transport getTransport() {
		return this.transport;
	}

	public void setTransport(Transport transport) {
		this.transport = transport;
	}

	public List<BindAddress> getBind() {
		return this.bind;
	}

	public void setBind(List<BindAddress> bind) {
		this.bind = bind;
	}

	public int getWorkerConnections() {
		return this.workerConnections;
	}

	public void setWorkerConnections(int workerConnections) {
		this.workerConnections = workerConnections;
	}

	public int getBacklog() {
		return this.backlog;
	}

	public void setBacklog(int backlog) {
		this.backlog = backlog;
	}

	public Duration getBootTimeout() {
		return this.bootTimeout;
	}

	public void setBootTimeout(Duration bootTimeout) {
		this.bootTimeout = bootTimeout;
	}

	public Duration getGracefulTimeout() {
		return this.gracefulTimeout;
	}

	public void setGracefulTimeout(Duration gracefulTimeout) {
		this.gracefulTimeout = gracefulTimeout;
	}

	public Duration getDrainDelay() {
		return this.drainDelay;
	}

	public void setDrainDelay(Duration drainDelay) {
		this.drainDelay = drainDelay;
	}

	public @Nullable Path getRunDir() {
		return this.runDir;
	}

	public void setRunDir(@Nullable Path runDir) {
		this.runDir = runDir;
	}

	public OnMasterLoss getOnMasterLoss() {
		return this.onMasterLoss;
	}

	public void setOnMasterLoss(OnMasterLoss onMasterLoss) {
		this.onMasterLoss = onMasterLoss;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Duration getStallThreshold() {
		return this.stallThreshold;
	}

	public void setStallThreshold(Duration stallThreshold) {
		this.stallThreshold = stallThreshold;
	}

	public long getMaxRequests() {
		return this.maxRequests;
	}

	public void setMaxRequests(long maxRequests) {
		this.maxRequests = maxRequests;
	}

	public long getMaxRequestsJitter() {
		return this.maxRequestsJitter;
	}

	public void setMaxRequestsJitter(long maxRequestsJitter) {
		this.maxRequestsJitter = maxRequestsJitter;
	}

	public Duration getMaxAge() {
		return this.maxAge;
	}

	public void setMaxAge(Duration maxAge) {
		this.maxAge = maxAge;
	}

	public Duration getMaxAgeJitter() {
		return this.maxAgeJitter;
	}

	public void setMaxAgeJitter(Duration maxAgeJitter) {
		this.maxAgeJitter = maxAgeJitter;
	}

	public DataSize getMaxRss() {
		return this.maxRss;
	}

	public void setMaxRss(DataSize maxRss) {
		this.maxRss = maxRss;
	}

	public int getSurge() {
		return this.surge;
	}

	public void setSurge(int surge) {
		this.surge = surge;
	}

	public int getMaxUnavailable() {
		return this.maxUnavailable;
	}

	public void setMaxUnavailable(int maxUnavailable) {
		this.maxUnavailable = maxUnavailable;
	}

	public int getSpares() {
		return this.spares;
	}

	public void setSpares(int spares) {
		this.spares = spares;
	}

	public String getProbe() {
		return this.probe;
	}

	public void setProbe(String probe) {
		this.probe = probe;
	}

	public boolean isSnapshot() {
		return this.snapshot;
	}

	public void setSnapshot(boolean snapshot) {
		this.snapshot = snapshot;
	}

	public @Nullable Path getPidFile() {
		return this.pidFile;
	}

	public void setPidFile(@Nullable Path pidFile) {
		this.pidFile = pidFile;
	}

	public Restart getRestart() {
		return this.restart;
	}

	public Reload getReload() {
		return this.reload;
	}

	public Jvm getJvm() {
		return this.jvm;
	}

	/**
	 * Whether to run as a master with worker processes.
	 */
	public enum Enabled {

		/**
		 * If it makes sense.
		 */
		AUTO,

		/**
		 * Even where "auto" would not, if the platform can.
		 */
		TRUE,

		/**
		 * Never.
		 */
		FALSE

	}

	/**
	 * How the workers' servers do their input and output.
	 */
	public enum Transport {

		/**
		 * The one that fits best, which is epoll.
		 */
		AUTO,

		/**
		 * Linux's epoll.
		 */
		EPOLL,

		/**
		 * Linux's io_uring, or epoll where that can't be used.
		 */
		IO_URING,

		/**
		 * The JVM's own channels, on sockets that each worker binds itself.
		 */
		NIO

	}

	/**
	 * The back-off between a slot's workers; the first replacement never waits.
	 */
	public static class Restart {

		/**
		 * Wait before the second replacement of a slot's worker.
		 */
		private Duration initialDelay = Duration.ofMillis(500);

		/**
		 * Factor by which the wait grows with each further replacement.
		 */
		@Requires(Requirement.FACTOR)
		private double multiplier = 2;

		/**
		 * Longest wait.
		 */
		private Duration maxDelay = Duration.ofSeconds(30);

		/**
		 * Time of good service after which the next replacement does not wait again.
		 */
		private Duration resetAfter = Duration.ofMinutes(1);

		/**
		 * Time without any ready worker after which the master gives up and exits.
		 */
		@Requires(Requirement.POSITIVE)
		private Duration giveUpAfter = Duration.ofMinutes(10);

		public Duration getInitialDelay() {
			return this.initialDelay;
		}

		public void setInitialDelay(Duration initialDelay) {
			this.initialDelay = initialDelay;
		}

		public double getMultiplier() {
			return this.multiplier;
		}

		public void setMultiplier(double multiplier) {
			this.multiplier = multiplier;
		}

		public Duration getMaxDelay() {
			return this.maxDelay;
		}

		public void setMaxDelay(Duration maxDelay) {
			this.maxDelay = maxDelay;
		}

		public Duration getResetAfter() {
			return this.resetAfter;
		}

		public void setResetAfter(Duration resetAfter) {
			this.resetAfter = resetAfter;
		}

		public Duration getGiveUpAfter() {
			return this.giveUpAfter;
		}

		public void setGiveUpAfter(Duration giveUpAfter) {
			this.giveUpAfter = giveUpAfter;
		}

	}

	/**
	 * How a new generation of workers takes over.
	 */
	public static class Reload {

		/**
		 * Time that the first new worker has to serve well before the others follow; 0
		 * for no canary.
		 */
		private Duration canary = Duration.ofSeconds(10);

		/**
		 * Share of 5xx among the canary's answers above which the reload is rolled back,
		 * from 0 to 1.
		 */
		@Requires(Requirement.SHARE)
		private double maxErrorRate = 0.05;

		/**
		 * Longest time that a reload may take before it is rolled back.
		 */
		@Requires(Requirement.POSITIVE)
		private Duration timeout = Duration.ofMinutes(10);

		public Duration getCanary() {
			return this.canary;
		}

		public void setCanary(Duration canary) {
			this.canary = canary;
		}

		public double getMaxErrorRate() {
			return this.maxErrorRate;
		}

		public void setMaxErrorRate(double maxErrorRate) {
			this.maxErrorRate = maxErrorRate;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * The JVM that workers run on.
	 */
	public static class Jvm {

		/**
		 * JVM options for workers, in addition to those that the first JVM was started
		 * with.
		 */
		private List<String> options = new ArrayList<>();

		/**
		 * Java installation that workers run on; by default the one that runs the master.
		 */
		private @Nullable Path javaHome;

		public List<String> getOptions() {
			return this.options;
		}

		public void setOptions(List<String> options) {
			this.options = options;
		}

		public @Nullable Path getJavaHome() {
			return this.javaHome;
		}

		public void setJavaHome(@Nullable Path javaHome) {
			this.javaHome = javaHome;
		}

	}

}
