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

package io.prefork.testapp.secured;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestAttributeHandler;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * An application whose operators have to say who they are: by the rules of the
 * documentation for programs, or by those for the operator page, depending on the
 * property {@code rules}.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class SecuredApplication {

	/**
	 * Start the application.
	 * @param args the arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(SecuredApplication.class, args);
	}

	@Bean
	MapReactiveUserDetailsService users() {
		return new MapReactiveUserDetailsService(
				User.withUsername("operator").password("{noop}secret").roles("OPERATOR").build(),
				User.withUsername("guest").password("{noop}secret").roles("GUEST").build());
	}

	@Bean
	@Order(1)
	@ConditionalOnProperty(name = "rules", havingValue = "programs")
	SecurityWebFilterChain programs(ServerHttpSecurity http) {
		return http.securityMatcher(EndpointRequest.to("workers", "reload"))
			.csrf(CsrfSpec::disable)
			.authorizeExchange((exchange) -> exchange.anyExchange().authenticated())
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	@Bean
	@Order(1)
	@ConditionalOnProperty(name = "rules", havingValue = "page")
	SecurityWebFilterChain operators(ServerHttpSecurity http) {
		return http.securityMatcher(EndpointRequest.to("prefork", "workers", "reload"))
			.csrf((csrf) -> csrf.csrfTokenRepository(CookieServerCsrfTokenRepository.withHttpOnlyFalse())
				.csrfTokenRequestHandler(new ServerCsrfTokenRequestAttributeHandler()))
			.authorizeExchange((exchange) -> exchange.pathMatchers(HttpMethod.GET)
				.authenticated()
				.pathMatchers(HttpMethod.OPTIONS)
				.authenticated()
				.anyExchange()
				.hasRole("OPERATOR"))
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	/**
	 * Has the token sent, which else nobody would ask for.
	 */
	@Bean
	@ConditionalOnProperty(name = "rules", havingValue = "page")
	WebFilter csrfCookie() {
		return (exchange, chain) -> {
			Mono<CsrfToken> token = exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
			return token.then(chain.filter(exchange));
		};
	}

	@Bean
	SecurityWebFilterChain everythingElse(ServerHttpSecurity http) {
		return http.authorizeExchange((exchange) -> exchange.anyExchange().permitAll()).build();
	}

}
