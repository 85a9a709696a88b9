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

import java.lang.reflect.Modifier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.util.ClassUtils;

/**
 * Keeps runners that are marked {@link OncePerService} from running in workers that don't
 * initialise the service.
 */
public final class OnceRunners implements BeanPostProcessor, BeanFactoryAware {

	private static final Log logger = LogFactory.getLog(OnceRunners.class);

	private final boolean initializer;

	private @Nullable ListableBeanFactory beans;

	/**
	 * Create a post processor.
	 * @param initializer whether this process does what has to be done once
	 */
	public OnceRunners(boolean initializer) {
		this.initializer = initializer;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beans = (ListableBeanFactory) beanFactory;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (this.initializer || this.beans == null
				|| !(bean instanceof ApplicationRunner || bean instanceof CommandLineRunner)
				|| this.beans.findAnnotationOnBean(name, OncePerService.class) == null) {
			return bean;
		}
		ProxyFactory factory = new ProxyFactory(bean);
		factory.setProxyTargetClass(
				!ClassUtils.isLambdaClass(bean.getClass()) && !Modifier.isFinal(bean.getClass().getModifiers()));
		factory.addAdvice((MethodInterceptor) (invocation) -> proceed(invocation, name));
		return factory.getProxy();
	}

	private static @Nullable Object proceed(MethodInvocation invocation, String name) throws Throwable {
		if (invocation.getMethod().getName().equals("run")) {
			logger.info("%s does not run here: once per service it runs in the first worker".formatted(name));
			return null;
		}
		return invocation.proceed();
	}

}
