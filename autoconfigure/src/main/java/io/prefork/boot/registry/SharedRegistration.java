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

package io.prefork.boot.registry;

import java.util.function.BooleanSupplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/**
 * Keeps a worker that leaves from taking the service out of a registry, which the others
 * still serve. All of them register the same address, which is one instance.
 */
public final class SharedRegistration implements BeanPostProcessor {

	private static final String DEREGISTER = "deregister";

	private final BooleanSupplier stops;

	/**
	 * Create a post processor.
	 * @param stops whether the whole service stops, or the process is alone
	 */
	public SharedRegistration(BooleanSupplier stops) {
		this.stops = stops;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (!(bean instanceof ServiceRegistry<?>)) {
			return bean;
		}
		ProxyFactory factory = new ProxyFactory(bean);
		factory.setProxyTargetClass(true);
		factory.addAdvice((MethodInterceptor) this::proceed);
		return factory.getProxy();
	}

	private @Nullable Object proceed(MethodInvocation invocation) throws Throwable {
		boolean leaves = invocation.getMethod().getName().equals(DEREGISTER);
		return (leaves && !this.stops.getAsBoolean()) ? null : invocation.proceed();
	}

}
