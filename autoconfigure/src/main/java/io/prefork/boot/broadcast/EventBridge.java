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

package io.prefork.boot.broadcast;

import java.io.Serial;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Carries events that are marked {@link BroadcastEvent} to the other workers. Nothing is
 * connected where nobody listens to any, and none is published.
 */
public final class EventBridge implements ApplicationListener<PayloadApplicationEvent<?>>, SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(EventBridge.class);

	private static final String TOPIC = "event:";

	private final ApplicationContext context;

	private final ObjectProvider<WorkerBroadcast> broadcast;

	private final JsonMapper json;

	/**
	 * Create a bridge.
	 * @param context the application
	 * @param broadcast the way to the others, had only if it is needed
	 * @param json writes and reads events
	 */
	public EventBridge(ApplicationContext context, ObjectProvider<WorkerBroadcast> broadcast, JsonMapper json) {
		this.context = context;
		this.broadcast = broadcast;
		this.json = json;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (Class<?> type : listenedTo()) {
			this.broadcast.getObject().messages(TOPIC + type.getName()).subscribe((message) -> received(type, message));
		}
	}

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<?> event) {
		Class<?> type = event.getPayload().getClass();
		if (!(event instanceof ReceivedEvent) && isMarked(type)) {
			this.broadcast.getObject()
				.publish(TOPIC + type.getName(), this.json.writeValueAsString(event.getPayload()));
		}
	}

	private void received(Class<?> type, String message) {
		try {
			this.context.publishEvent(new ReceivedEvent<>(this.context, this.json.readValue(message, type)));
		}
		catch (JacksonException ex) {
			logger.error("A %s of another worker can't be read".formatted(type.getName()), ex);
		}
		catch (RuntimeException ex) {
			logger.error("A listener for a %s of another worker has failed".formatted(type.getName()), ex);
		}
	}

	private Set<Class<?>> listenedTo() {
		Set<Class<?>> types = new LinkedHashSet<>();
		for (String name : this.context.getBeanDefinitionNames()) {
			Class<?> bean = this.context.getType(name, false);
			if (bean != null && !bean.getName().startsWith("org.springframework.")) {
				MethodIntrospector.selectMethods(ClassUtils.getUserClass(bean), EventBridge::isListener)
					.forEach((method) -> markedOf(method).forEach(types::add));
			}
		}
		return types;
	}

	private static boolean isListener(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, EventListener.class);
	}

	private static Stream<Class<?>> markedOf(Method listener) {
		EventListener annotation = AnnotatedElementUtils.findMergedAnnotation(listener, EventListener.class);
		return Stream
			.concat(Stream.of(listener.getParameterTypes()),
					(annotation != null) ? Stream.of(annotation.classes()) : Stream.empty())
			.filter(EventBridge::isMarked);
	}

	private static boolean isMarked(Class<?> type) {
		return type.isAnnotationPresent(BroadcastEvent.class);
	}

	/**
	 * An event that another worker has published.
	 *
	 * @param <T> the type of the payload
	 */
	private static final class ReceivedEvent<T> extends PayloadApplicationEvent<T> {

		@Serial
		private static final long serialVersionUID = 1L;

		ReceivedEvent(ApplicationContext context, T payload) {
			super(context, payload);
		}

	}

}
