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

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.SchedulingAwareRunnable;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Lets what {@code @Scheduled} and {@link SchedulingConfigurer} schedule run on the
 * leader only. The schedules go on in each worker, so that the next leader keeps to them.
 */
public final class LeaderScheduling implements SchedulingConfigurer, Ordered {

	private final Leadership leadership;

	private final boolean leaderOnly;

	/**
	 * Create a configurer.
	 * @param leadership whether this process leads
	 * @param leaderOnly whether that counts for what has no annotation that says
	 * otherwise
	 */
	public LeaderScheduling(Leadership leadership, boolean leaderOnly) {
		this.leadership = leadership;
		this.leaderOnly = leaderOnly;
	}

	/**
	 * After those of the user, who may choose a scheduler.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void configureTasks(ScheduledTaskRegistrar registrar) {
		TaskScheduler scheduler = registrar.getScheduler();
		if (scheduler != null) {
			registrar.setTaskScheduler(new GuardedTaskScheduler(scheduler, this::guarded));
		}
	}

	private Runnable guarded(Runnable task) {
		boolean everyWorker = this.leaderOnly ? has(task, EveryWorker.class) : !has(task, LeaderOnly.class);
		return everyWorker ? task : new Guarded(task, this.leadership);
	}

	/**
	 * Find an annotation of a task's method. Spring hands on no method, but a name.
	 * @param task the task, whose text is a class and a method of it
	 * @param annotation the annotation
	 * @return whether the method or the class has it
	 */
	private static boolean has(Runnable task, Class<? extends Annotation> annotation) {
		String name = task.toString();
		int dot = name.lastIndexOf('.');
		Class<?> type = (dot > 0) ? find(name.substring(0, dot)) : null;
		return type != null && (AnnotatedElementUtils.hasAnnotation(type, annotation)
				|| methods(type).anyMatch((method) -> method.getName().equals(name.substring(dot + 1))
						&& AnnotatedElementUtils.hasAnnotation(method, annotation)));
	}

	private static @Nullable Class<?> find(String name) {
		try {
			return ClassUtils.forName(name, null);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

	private static Stream<Method> methods(Class<?> type) {
		return Stream.of(ReflectionUtils.getUniqueDeclaredMethods(type));
	}

	/**
	 * Runs a task if this process leads, with the scheduler that the task wants.
	 *
	 * @param task the task
	 * @param leadership whether this process leads
	 */
	private record Guarded(Runnable task, Leadership leadership) implements SchedulingAwareRunnable {

		@Override
		public void run() {
			this.leadership.run(this.task);
		}

		@Override
		public boolean isLongLived() {
			return this.task instanceof SchedulingAwareRunnable aware && aware.isLongLived();
		}

		@Override
		public @Nullable String getQualifier() {
			return (this.task instanceof SchedulingAwareRunnable aware) ? aware.getQualifier() : null;
		}

		@Override
		public String toString() {
			return this.task.toString();
		}

	}

}
