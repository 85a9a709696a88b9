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

package io.prefork.testapp.context;

import java.security.Principal;
import java.util.Objects;

import io.micrometer.context.ContextRegistry;
import org.slf4j.MDC;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * The application.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class ContextApplication {

	private static final String TENANT = "tenant";

	/**
	 * Start the application.
	 * @param args the arguments
	 */
	public static void main(String[] args) {
		ContextRegistry.getInstance()
			.registerThreadLocalAccessor(TENANT, () -> MDC.get(TENANT), (tenant) -> MDC.put(TENANT, tenant),
					() -> MDC.remove(TENANT));
		SpringApplication.run(ContextApplication.class, args);
	}

	@Bean
	MapReactiveUserDetailsService users() {
		return new MapReactiveUserDetailsService(User.withUsername("ann").password("{noop}secret").build(),
				User.withUsername("bob").password("{noop}secret").build());
	}

	@Bean
	SecurityWebFilterChain security(ServerHttpSecurity http) {
		return http.authorizeExchange((exchange) -> exchange.anyExchange().authenticated())
			.csrf(CsrfSpec::disable)
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	@Bean
	@Order(1)
	WebFilter tenant() {
		return (exchange, chain) -> {
			String tenant = exchange.getRequest().getHeaders().getFirst(TENANT);
			return chain.filter(exchange).contextWrite((tenant != null) ? Context.of(TENANT, tenant) : Context.empty());
		};
	}

	/**
	 * Asks in both styles.
	 */
	@RestController
	static class WhoController {

		@GetMapping("/blocking")
		String blocking(Principal principal) throws InterruptedException {
			Thread.sleep(10);
			return answer(principal.getName());
		}

		@GetMapping("/reactive")
		Mono<String> reactive() {
			return ReactiveSecurityContextHolder.getContext()
				.map((security) -> answer(Objects.requireNonNull(security.getAuthentication()).getName()));
		}

		private static String answer(String user) {
			return "%s %s %s".formatted(user, MDC.get(TENANT), Thread.currentThread().getName());
		}

	}

}
