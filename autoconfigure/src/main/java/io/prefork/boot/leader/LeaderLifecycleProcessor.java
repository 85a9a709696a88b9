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

package io.prefork.boot.leader;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.Lifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Leaves alone what is marked {@link LeaderOnly} when the context starts, and starts and
 * stops it with the leadership of this worker.
 */
public final class LeaderLifecycleProcessor extends DefaultLifecycleProcessor {

	private final @Nullable Selected marked;

	private boolean closed;

	/**
	 * Create a processor.
	 * @param role this worker's role; {@code null} if the process is no worker, where
	 * what is marked is like everything else
	 * @param timeout how long each phase may take to stop, in milliseconds
	 */
	public LeaderLifecycleProcessor(@Nullable LeaderRole role, long timeout) {
		setTimeoutPerShutdownPhase(timeout);
		this.marked = (role != null) ? new Selected() : null;
		if (role != null && this.marked != null) {
			this.marked.setTimeoutPerShutdownPhase(timeout);
			role.listen(this::changed);
		}
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		super.setBeanFactory(beanFactory);
		if (this.marked != null) {
			this.marked.setBeanFactory(beanFactory);
		}
	}

	@Override
	public void onClose() {
		close();
		super.onClose();
	}

	@Override
	protected Map<String, Lifecycle> getLifecycleBeans() {
		Map<String, Lifecycle> beans = new HashMap<>(super.getLifecycleBeans());
		if (this.marked != null) {
			beans.keySet().removeAll(this.marked.getLifecycleBeans().keySet());
		}
		return beans;
	}

	private synchronized void changed(boolean leads) {
		if (this.marked != null && !this.closed) {
			if (leads) {
				this.marked.start();
			}
			else {
				this.marked.stop();
			}
		}
	}

	private synchronized void close() {
		changed(false);
		this.closed = true;
	}

	/**
	 * Those that are marked.
	 */
	private static final class Selected extends DefaultLifecycleProcessor {

		private @Nullable ListableBeanFactory beans;

		@Override
		public void setBeanFactory(BeanFactory beanFactory) {
			super.setBeanFactory(beanFactory);
			this.beans = (ListableBeanFactory) beanFactory;
		}

		@Override
		protected Map<String, Lifecycle> getLifecycleBeans() {
			Map<String, Lifecycle> selected = new HashMap<>(super.getLifecycleBeans());
			ListableBeanFactory beans = this.beans;
			selected.keySet()
				.removeIf((name) -> beans == null || beans.findAnnotationOnBean(name, LeaderOnly.class) == null);
			return selected;
		}

	}

}
