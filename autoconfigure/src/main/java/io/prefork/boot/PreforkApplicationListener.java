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

package io.prefork.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

import io.prefork.boot.autoconfigure.PreforkProperties;
import io.prefork.boot.autoconfigure.PreforkProperties.Enabled;
import io.prefork.boot.autoconfigure.PreforkPropertiesBinder;
import io.prefork.boot.autoconfigure.UnknownProperties;
import io.prefork.boot.lifecycle.LogFiles;
import io.prefork.boot.lifecycle.OwnRequests;
import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.boot.lifecycle.WorkerSettings;
import io.prefork.boot.web.LearnedPaths;
import io.prefork.contract.OnMasterLoss;
import io.prefork.contract.WorkerIdentity;
import io.prefork.launcher.Master;
import io.prefork.launcher.signal.HeldSignals;
import io.prefork.launcher.startup.SmallMaster;
import io.prefork.protocol.Frames;
import io.prefork.protocol.Message;

/**
 * The place where a JVM becomes what it is: configuration files, profiles and arguments
 * are resolved, logging works, and no context exists yet. A worker connects to its
 * master. A describe run reports and exits. The first JVM becomes the master and never
 * goes further. Any other process goes on as it would without prefork.
 */
public final class PreforkApplicationListener
		implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	private static final Log logger = LogFactory.getLog("prefork");

	private static final AtomicBoolean explained = new AtomicBoolean();

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		PreforkProperties properties = PreforkPropertiesBinder.bind(event.getEnvironment());
		WorkerIdentity identity = ThisWorker.identity(System.getenv());
		if (identity != null) {
			becomeWorker(identity, properties);
			return;
		}
		if (WorkerIdentity.isTrained(System.getenv())) {
			return;
		}
		UnknownProperties.in(event.getEnvironment()).forEach(logger::warn);
		if (properties.profile() != null) {
			logger.info(ProfileEnvironmentPostProcessor.describe(properties.profile(), event.getEnvironment()));
		}
		String reason = (properties.enabled() != Enabled.FALSE)
				? OneProcessReason.find(properties.enabled(), event.getEnvironment(), event.getSpringApplication())
				: "prefork.enabled is false";
		String describe = System.getenv(WorkerIdentity.DESCRIBE_VARIABLE);
		if (describe != null) {
			describe(Path.of(describe), ServiceSettings.of(properties, event.getEnvironment()), reason);
			System.exit(0);
		}
		if (reason == null) {
			System.exit(Master.run(ServiceSettings.of(properties, event.getEnvironment()), List.of(event.getArgs()),
					LogFiles::reopen));
		}
		if (StartedFrom.main()) {
			SmallMaster.undo(List.of(event.getArgs()), properties.preload().cacheDir());
		}
		HeldSignals.release();
		boolean expected = properties.enabled() == Enabled.FALSE && properties.bind().isEmpty();
		if (!expected && explained.compareAndSet(false, true)) {
			String what = "running as one process: " + reason + (properties.bind().isEmpty() ? ""
					: "; it listens where server.port and server.address say, not on prefork.bind");
			if (OneProcessReason.isDefect()) {
				logger.warn(what);
			}
			else {
				logger.info(what);
			}
		}
	}

	private static void becomeWorker(WorkerIdentity identity, PreforkProperties properties) {
		Integer eventLoops = properties.eventLoops();
		String loops = Integer.toString((eventLoops != null) ? eventLoops : Runtime.getRuntime().availableProcessors());
		if (System.getProperty("reactor.netty.ioWorkerCount") == null) {
			System.setProperty("reactor.netty.ioWorkerCount", loops);
		}
		properties.blockingDetection().begin();
		try {
			List<String> warmUp = properties.preload().warmup();
			WorkerRuntime.start(identity,
					new WorkerSettings(properties.drainDelay(), properties.gracefulTimeout(),
							properties.stallThreshold(),
							new OwnRequests(properties.probe(),
									properties.preload().learn() ? LearnedPaths.and(identity.runDirectory(), warmUp)
											: warmUp,
									properties.preload().warmupLimit()),
							properties.connectionLimit(), properties.slowStart(),
							properties.onMasterLoss() == OnMasterLoss.WAIT));
		}
		catch (IOException ex) {
			throw new MasterNotReachableException(identity, ex);
		}
	}

	private static void describe(Path file, Map<String, String> properties, @Nullable String reason) {
		Map<String, String> settings = new LinkedHashMap<>(properties);
		if (reason != null) {
			settings.put(Message.Described.DISABLED_REASON, reason);
		}
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.write(Frames.encode(new Message.Described(settings)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The settings can't be reported to " + file, ex);
		}
	}

}
