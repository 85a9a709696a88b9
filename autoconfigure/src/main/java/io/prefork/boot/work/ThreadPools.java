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

package io.prefork.boot.work;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Makes pools of threads for work of an application.
 */
final class ThreadPools {

	private static final int IDLE_SECONDS = 60;

	private ThreadPools() {
	}

	/**
	 * Make a pool, which has no threads as long as nobody needs any.
	 * @param prefix the beginning of the names of the threads
	 * @param threads the largest number of threads
	 * @param queue where tasks wait for one
	 * @return the pool
	 */
	static ThreadPoolExecutor bounded(String prefix, int threads, BlockingQueue<Runnable> queue) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory(prefix);
		factory.setDaemon(true);
		ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, queue,
				factory);
		pool.allowCoreThreadTimeOut(true);
		return pool;
	}

}
