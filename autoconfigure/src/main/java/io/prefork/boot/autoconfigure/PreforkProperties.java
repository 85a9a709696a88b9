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
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

import io.prefork.boot.control.BindAddress;
import io.prefork.boot.work.BlockingDetection;
import io.prefork.boot.work.Profile;
import io.prefork.boot.work.WorkerClass;
import io.prefork.contract.DispatchStrategy;
import io.prefork.contract.Distribution;
import io.prefork.contract.OnMasterLoss;
import io.prefork.contract.Training;

/**
 * Properties of the master and its workers.
 *
 * @param enabled Whether to run as a master with worker processes: "auto" does so when
 * the application was started from a main method, and not in tests, AOT processing,
 * training runs, under DevTools, with a debugger attached, for a non-reactive
 * application, or where the platform can't.
 * @param workers Number of workers, or "auto" for one per available CPU as long as each
 * has room in memory.
 * @param profile Presets of other properties for an application: "io" where requests wait
 * for others most of the time, "cpu" where they keep a CPU busy. What is set otherwise
 * holds; the log says at the start what the profile sets, and why.
 * @param blockingDetection Whether workers find calls that block an event loop, with
 * BlockHound, which must be on the class path: "report" logs each place once, "fail" lets
 * the call fail. For tests: it takes time from such calls, and workers do without an
 * archive of classes.
 * @param workerClass On which threads requests are handled: with "event-loop" on event
 * loops, which must not be blocked; with "sync" one at a time in each worker, on
 * connections that are closed after it; with "threads" on threads that may be blocked;
 * with "virtual-threads" on virtual threads, which need Java 21.
 * @param threads Number of requests that a worker handles at a time with worker class
 * "threads"; by default 4 per available CPU.
 * @param requestQueue Number of requests that wait in a worker with worker class
 * "threads" until one of those is done; what comes beyond is answered with 503.
 * @param requestTimeout Longest time that a request may take, the wait for a thread
 * included; then it is cancelled and answered with 503, or cut if its answer has begun.
 * WebSockets, server-sent events and endpoints of the actuator are exempt. 0 for any
 * time.
 * @param keepAlive Time after which a connection without a request is closed; by default
 * what server.netty.idle-timeout says.
 * @param offload The threads of the bean "Offload", for work that keeps a CPU busy.
 * @param eventLoops Number of event loops per worker; by default the available CPUs
 * divided by the number of workers, at least 1.
 * @param distribution How connections reach the workers. With "shared" all workers accept
 * from one socket that the master owns; with "reuseport" each slot has a socket of its
 * own, and the kernel chooses; with "dispatch" the master accepts and passes each
 * connection to a worker.
 * @param dispatchStrategy Which worker gets the next connection with "dispatch".
 * @param transport System interface by which the workers' servers accept, read and write;
 * "auto" is epoll. For "io_uring" add netty-transport-native-io_uring; where it is
 * missing, or the system refuses io_uring, epoll takes its place, and the log says why.
 * "nio" needs prefork.distribution "reuseport".
 * @param bind Addresses on which the application's server listens, in place of
 * server.port and server.address: "8080" or ":8080" for all addresses of the machine,
 * "host:8080", "[::1]:8080", or a Unix domain socket like "unix:/run/app.sock?mode=0660",
 * with owner and group as further options. A separate management server is not concerned.
 * @param workerConnections Largest number of connections of a worker, at which it stops
 * accepting until one is closed; the others take what comes, and what none can take waits
 * in the accept queue. 0 for any number.
 * @param slowStart Time in which a worker that begins beside warm ones grows into its
 * share of new connections; 0 for its full share at once.
 * @param backlog Length of the accept queue of each listener; the system cuts it at
 * net.core.somaxconn.
 * @param bootTimeout Longest time from the start of a worker's process until it is ready;
 * a worker that takes longer is replaced.
 * @param gracefulTimeout Time that a worker has to finish what is in flight before its
 * connections are cut.
 * @param drainDelay Wait between "not ready" and "stop accepting" when a worker drains,
 * for load balancers in front.
 * @param runDir Directory for the control socket and copies of the application, which
 * nobody else may write; by default below $RUNTIME_DIRECTORY, $XDG_RUNTIME_DIR, /run or
 * the directory for temporary files.
 * @param onMasterLoss What workers do when their master is gone: "drain" finishes what is
 * in flight and exits; "wait" serves on until a new master takes over, and needs
 * prefork.run-dir, by which that one finds them.
 * @param timeout Silence of any event loop after which a worker is replaced: its
 * replacement is made ready first, then it gets a thread dump, SIGTERM and SIGKILL. 0 for
 * never.
 * @param stallThreshold Time that an event loop may be blocked before it is reported with
 * its stack. 0 for never.
 * @param maxRequests Number of requests after which a worker is recycled; 0 for never.
 * Each HTTP/2 stream and each WebSocket message that arrives counts as one.
 * @param maxRequestsJitter Most by which max-requests is raised, at random for each
 * worker.
 * @param maxAge Time of service after which a worker is recycled; 0 for never.
 * @param maxAgeJitter Most by which max-age is raised, at random for each worker.
 * @param maxRss Resident set above which a worker is recycled if it stays there for
 * several heartbeats; 0 for never.
 * @param surge Number of extra workers that planned work (reload, recycling) may have at
 * once.
 * @param maxUnavailable Number of slots that planned work (reload, recycling) may have
 * without a ready worker at once.
 * @param spares Number of booted workers in waiting, which take over from a lost worker
 * at once.
 * @param probe Path of the request that each worker sends to itself before it is ready,
 * so that no client pays for the first one; a 5xx answer of a reload's first worker rolls
 * the reload back. Empty for no such request.
 * @param snapshot Whether each generation of workers runs from a copy of the application,
 * so that its files may be replaced while it runs; "false" where they never change, as in
 * an image, saves the copy.
 * @param budgets Names of properties that limit the whole service, so that each worker
 * gets its share, at least 1: "known" is those of connection pools (HikariCP, R2DBC, and
 * where they are set Tomcat, DBCP2, Oracle UCP, Lettuce, Jedis and those of Reactor
 * Netty's clients). Empty for none.
 * @param hints Whether the first worker looks through the application for what several
 * processes change, and tells what it finds, with the remedy.
 * @param pidFile File for the process id of the master.
 * @param restart The back-off between a slot's workers.
 * @param reload How a new generation of workers takes over.
 * @param preload What makes the start of workers cheaper.
 * @param leader What runs on the leader, the one worker that runs what must run once.
 * @param initializer What one worker does for all when it starts.
 * @param jvm The JVM that workers run on.
 * @param metrics The metrics of all workers as one.
 * @param dashboard The operator page.
 */
@ConfigurationProperties("prefork")
public record PreforkProperties(@DefaultValue("auto") Enabled enabled, @DefaultValue("auto") WorkerCount workers,
		@Nullable Profile profile, @DefaultValue("off") BlockingDetection blockingDetection,
		@DefaultValue("event-loop") WorkerClass workerClass,
		@Requires(Requirement.AT_LEAST_ONE) @Nullable Integer threads, @DefaultValue("100") int requestQueue,
		@DefaultValue("0") Duration requestTimeout, @Requires(Requirement.POSITIVE) @Nullable Duration keepAlive,
		@DefaultValue Offloading offload, @Requires(Requirement.AT_LEAST_ONE) @Nullable Integer eventLoops,
		@DefaultValue("shared") Distribution distribution,
		@DefaultValue("least-connections") DispatchStrategy dispatchStrategy, @DefaultValue("auto") Transport transport,
		@DefaultValue List<BindAddress> bind, @DefaultValue("0") int workerConnections,
		@DefaultValue("30s") Duration slowStart, @Requires(Requirement.AT_LEAST_ONE) @DefaultValue("2048") int backlog,
		@Requires(Requirement.POSITIVE) @DefaultValue("2m") Duration bootTimeout,
		@Requires(Requirement.POSITIVE) @DefaultValue("30s") Duration gracefulTimeout,
		@DefaultValue("0") Duration drainDelay, @Nullable Path runDir, @DefaultValue("drain") OnMasterLoss onMasterLoss,
		@DefaultValue("30s") Duration timeout, @DefaultValue("500ms") Duration stallThreshold,
		@DefaultValue("0") long maxRequests, @DefaultValue("0") long maxRequestsJitter,
		@DefaultValue("0") Duration maxAge, @DefaultValue("0") Duration maxAgeJitter,
		@DefaultValue("0B") DataSize maxRss, @DefaultValue("1") int surge, @DefaultValue("0") int maxUnavailable,
		@DefaultValue("0") int spares, @Requires(Requirement.PATH_OF_REQUEST) @DefaultValue("/") String probe,
		@DefaultValue("true") boolean snapshot, @DefaultValue("known") List<String> budgets,
		@DefaultValue("true") boolean hints, @Nullable Path pidFile, @DefaultValue Restart restart,
		@DefaultValue Reload reload, @DefaultValue Preload preload, @DefaultValue Leader leader,
		@DefaultValue Initializer initializer, @DefaultValue Jvm jvm, @DefaultValue Metrics metrics,
		@DefaultValue Dashboard dashboard) {

	private static final int THREADS_PER_CPU = 4;

	/**
	 * How many connections a worker may have.
	 * @return the number; 0 for any
	 */
	public int connectionLimit() {
		return (this.workerClass == WorkerClass.SYNC) ? 1 : this.workerConnections;
	}

	/**
	 * How many requests a worker handles at a time, if it has threads for that.
	 * @return the number
	 */
	public int requestThreads() {
		return (this.threads != null) ? this.threads : THREADS_PER_CPU * Runtime.getRuntime().availableProcessors();
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
	 * Threads for work that keeps a CPU busy.
	 *
	 * @param threads Number of threads in each worker; by default one per available CPU.
	 * @param queue Number of tasks that wait for a thread; what comes beyond fails, and
	 * is answered with 503.
	 */
	public record Offloading(@Requires(Requirement.AT_LEAST_ONE) @Nullable Integer threads,
			@Requires(Requirement.AT_LEAST_ONE) @DefaultValue("1000") int queue) {

	}

	/**
	 * The back-off between a slot's workers; the first replacement never waits.
	 *
	 * @param initialDelay Wait before the second replacement of a slot's worker.
	 * @param multiplier Factor by which the wait grows with each further replacement.
	 * @param maxDelay Longest wait.
	 * @param resetAfter Time of good service after which the next replacement does not
	 * wait again.
	 * @param giveUpAfter Time without any ready worker after which the master gives up
	 * and exits.
	 */
	public record Restart(@DefaultValue("500ms") Duration initialDelay,
			@Requires(Requirement.FACTOR) @DefaultValue("2") double multiplier, @DefaultValue("30s") Duration maxDelay,
			@DefaultValue("1m") Duration resetAfter,
			@Requires(Requirement.POSITIVE) @DefaultValue("10m") Duration giveUpAfter) {

	}

	/**
	 * How a new generation of workers takes over.
	 *
	 * @param canary Time that the first new worker has to serve well before the others
	 * follow; 0 for no canary.
	 * @param maxErrorRate Share of 5xx among the canary's answers above which the reload
	 * is rolled back, from 0 to 1.
	 * @param timeout Longest time that a reload may take before it is rolled back.
	 */
	public record Reload(@DefaultValue("10s") Duration canary,
			@Requires(Requirement.SHARE) @DefaultValue("0.05") double maxErrorRate,
			@Requires(Requirement.POSITIVE) @DefaultValue("10m") Duration timeout) {

	}

	/**
	 * What makes the start of workers cheaper.
	 *
	 * @param enabled Whether workers start from an extracted application and from an
	 * archive of its classes, which all of them map; "auto" is where that can be done,
	 * "true" is the same and warns where it can't.
	 * @param training How the archive is made: with "refresh" the application is started
	 * once in the background until its context has been refreshed; with "requests" it is
	 * started as one process and answers the requests of "warmup"; with "off" no archive
	 * is made, and one that is there is used.
	 * @param waits Whether the first worker waits until that is prepared.
	 * @param warmup Paths that a worker asks itself, in turn, until the latency has
	 * settled, before it is ready; not at the start of the service, when nobody else
	 * serves.
	 * @param learn Whether workers also warm up with the paths that the service answers
	 * most often: GET without variables in the path, sent without credentials.
	 * @param warmupLimit Time that warming up may take.
	 * @param cacheDir Directory that keeps it beyond the end of the service; by default
	 * "prefork" in $CACHE_DIRECTORY, $XDG_CACHE_HOME, /var/cache (root) or ~/.cache.
	 */
	public record Preload(@DefaultValue("auto") Enabled enabled, @DefaultValue("refresh") Training training,
			@Name("wait") @DefaultValue("false") boolean waits,
			@Requires(Requirement.PATH_OF_REQUEST) @DefaultValue List<String> warmup,
			@DefaultValue("false") boolean learn, @DefaultValue("10s") Duration warmupLimit, @Nullable Path cacheDir) {

	}

	/**
	 * What runs on the leader.
	 *
	 * @param scheduling Where "@Scheduled" methods run that have no annotation that says
	 * otherwise: on the "leader" only, or in "all" workers.
	 */
	public record Leader(@DefaultValue("leader") Scheduling scheduling) {

		/**
		 * Where scheduled methods run.
		 */
		public enum Scheduling {

			/**
			 * On the leader only.
			 */
			LEADER,

			/**
			 * In all workers.
			 */
			ALL

		}

	}

	/**
	 * What one worker does for all: scripts of spring.sql.init, and runners that are
	 * marked "@OncePerService".
	 *
	 * @param scope How often: once per "service", by its first worker, or by the first
	 * worker of each "generation".
	 * @param alone Whether the other workers wait at the start of the service until that
	 * one is ready; "auto" is if Flyway, Liquibase or spring.sql.init set up a database.
	 */
	public record Initializer(@DefaultValue("service") Scope scope, @DefaultValue("auto") Enabled alone) {

		/**
		 * How often something is done.
		 */
		public enum Scope {

			/**
			 * Once per service.
			 */
			SERVICE,

			/**
			 * Once per generation.
			 */
			GENERATION

		}

	}

	/**
	 * The JVM that workers run on.
	 *
	 * @param options JVM options for workers, in addition to those that the first JVM was
	 * started with; "{worker}" in them stands for a number that no other worker has, and
	 * "{worker+9010}" for a port.
	 * @param optionsInherit Whether workers get the options that the first JVM was
	 * started with; they always get its system properties.
	 * @param javaHome Java installation that workers run on; by default the one that runs
	 * the master.
	 * @param heap Largest heap of each worker; by default what the JVM takes, or a
	 * worker's share of the memory if that is less.
	 * @param memoryFraction Share of the memory that is divided among the processes of
	 * the service, from 0 to 1.
	 */
	public record Jvm(@DefaultValue List<String> options, @DefaultValue("true") boolean optionsInherit,
			@Nullable Path javaHome, @Nullable DataSize heap,
			@Requires(Requirement.SHARE) @DefaultValue("0.9") double memoryFraction) {

	}

	/**
	 * The metrics of all workers as one.
	 *
	 * @param aggregate What a Prometheus scrape has of several workers: with "per-worker"
	 * the metrics of each, with its slot as the label "worker"; with "sum" what they have
	 * together, workers that are gone included.
	 */
	public record Metrics(@DefaultValue("per-worker") Aggregate aggregate) {

		/**
		 * What metrics of several workers are together.
		 */
		public enum Aggregate {

			/**
			 * Each for itself.
			 */
			PER_WORKER,

			/**
			 * Their sum.
			 */
			SUM;

			@Override
			public String toString() {
				return name().replace('_', '-');
			}

		}

	}

	/**
	 * The operator page.
	 *
	 * @param enabled Whether the endpoint "prefork" serves a page on which operators see
	 * the workers and may change what the endpoints "workers" and "reload" let them.
	 */
	public record Dashboard(@DefaultValue("false") boolean enabled) {

	}

}
