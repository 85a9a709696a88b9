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

package io.prefork.sample.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;
import org.h2.Driver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.PlatformTransactionManager;
import reactor.pool.Pool;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.Jars;
import io.prefork.sample.it.support.PostgresServer;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Databases are set up once, before the workers that need them, and the limits of their
 * pools are those of the service.
 */
@Tag("slow")
class DatabaseIT {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final List<Path> JDBC = Stream
		.of(DataSourceAutoConfiguration.class, DatabaseInitializationMode.class, TransactionAutoConfiguration.class,
				EntityScan.class, PlatformTransactionManager.class, JdbcTemplate.class, HikariDataSource.class)
		.map(Jars::of)
		.toList();

	private static final List<Path> R2DBC = Stream
		.of(R2dbcAutoConfiguration.class, DatabaseInitializationMode.class, DatabaseClient.class,
				TransactionAutoConfiguration.class, PlatformTransactionManager.class, ConnectionFactory.class,
				ConnectionPool.class, Pool.class, PostgresqlConnectionFactory.class)
		.map(Jars::of)
		.toList();

	@TempDir
	private Path directory;

	@Test
	void whenScriptsAlwaysRunThenOnlyTheFirstWorkerRunsThemAndNoRowIsLost() throws Exception {
		// Otherwise H2 itself loses what it was told within the last 500 ms.
		String url = "jdbc:h2:file:%s;AUTO_SERVER=TRUE;WRITE_DELAY=0".formatted(this.directory.resolve("items"));
		try (PreforkService service = start(List.of(Jars.of(Driver.class)), url, "--spring.sql.init.mode=always",
				"--spring.sql.init.schema-locations="
						+ script("schema.sql", "CREATE TABLE item (name VARCHAR PRIMARY KEY);"),
				"--spring.sql.init.data-locations="
						+ script("data.sql", "DELETE FROM item; INSERT INTO item VALUES ('a'), ('b');"))) {
			verifyOneStartsFirst(service);
			service.awaitLine("scripts: scripts that set up a database run in the first worker of the service only");
			execute(url, "INSERT INTO item VALUES ('the user''s')");

			for (int slot : List.of(0, 1)) {
				long before = service.readyWorker(slot);
				PreforkService.signal(before, "KILL");
				service.awaitWorkerReady(slot, before);
			}
			service.reload("succeeded");

			assertThat(count(url, "SELECT COUNT(*) FROM item")).isEqualTo(3);
		}
	}

	@Test
	void whenTheDatabaseIsInMemoryThenEachWorkerSetsUpItsOwn() throws IOException {
		Path starts = Files.createDirectory(this.directory.resolve("starts"));
		try (PreforkService service = start(List.of(Jars.of(Driver.class)), "jdbc:h2:mem:items",
				"--spring.sql.init.mode=always",
				"--spring.sql.init.schema-locations=" + script("schema.sql",
						"CREATE TABLE item (name VARCHAR); CALL FILE_WRITE('', '%s/' || RANDOM_UUID());"
							.formatted(starts)))) {
			service.awaitLine("database: a database in memory: each worker has its own");
			long before = service.readyWorker(1);
			PreforkService.signal(before, "KILL");
			service.awaitWorkerReady(1, before);

			assertThat(starts).isDirectoryContaining("glob:**");
			try (Stream<Path> files = Files.list(starts)) {
				assertThat(files).hasSize(3);
			}
		}
	}

	@Test
	void whenFlywayMigratesPostgresThenTheOthersFollowAndPoolsShareTheirLimit() throws Exception {
		script("V1__items.sql", "CREATE TABLE item (name TEXT PRIMARY KEY); INSERT INTO item VALUES ('a');");
		try (PostgresServer database = PostgresServer.start();
				PreforkService service = start(
						List.of(Jars.of(org.postgresql.Driver.class), Jars.of(Flyway.class),
								Jars.of(PostgreSQLDatabaseType.class), Jars.of(FlywayAutoConfiguration.class)),
						database.url(), "--spring.flyway.locations=filesystem:" + this.directory,
						"--spring.datasource.hikari.maximum-pool-size=6",
						"--spring.datasource.hikari.data-source-properties.ApplicationName=items")) {
			verifyOneStartsFirst(service);
			service.awaitLine("spring.datasource.hikari.maximum-pool-size 3 of 6");
			String connections = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'items'";
			Awaitility.await().atMost(LIMIT).until(() -> count(database.url(), connections) >= 6);
			assertThat(count(database.url(), connections)).isEqualTo(6);
			execute(database.url(), "INSERT INTO item VALUES ('the user''s')");

			script("V2__more.sql", "ALTER TABLE item ADD COLUMN price INT DEFAULT 1;");
			service.reload("succeeded");

			assertThat(count(database.url(), "SELECT SUM(price) FROM item")).isEqualTo(2);
		}
	}

	@Test
	void whenWorkersUseR2dbcThenTheirPoolsShareTheLimit() throws Exception {
		try (PostgresServer database = PostgresServer.start();
				PreforkService service = PreforkService.builder()
					.libraries(R2DBC)
					.args("--prefork.enabled=true", "--prefork.workers=2",
							"--spring.r2dbc.url=" + database.url().replace("jdbc:", "r2dbc:").replace("?user=test", ""),
							"--spring.r2dbc.username=test", "--spring.r2dbc.pool.max-size=6",
							"--spring.r2dbc.pool.initial-size=6", "--spring.r2dbc.properties.applicationName=items")
					.start()
					.awaitReady()) {
			service.awaitLine("spring.r2dbc.pool.max-size 3 of 6");
			String connections = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'items'";
			Awaitility.await().atMost(LIMIT).until(() -> {
				assertThat(Http.http11().get(service.url("/actuator/health")).status()).isEqualTo(200);
				return count(database.url(), connections) >= 6;
			});
			assertThat(count(database.url(), connections)).isEqualTo(6);
		}
	}

	private static void verifyOneStartsFirst(PreforkService service) {
		List<String> lines = service.lines();
		int ready = indexOf(lines, "worker=0 gen=1 pid=\\d+ ready in ");
		int other = indexOf(lines, "worker=1 gen=1 pid=\\d+ starting");
		assertThat(ready).isPositive().isLessThan(other);
	}

	private static int indexOf(List<String> lines, String pattern) {
		return lines
			.indexOf(lines.stream().filter((line) -> line.matches(".*" + pattern + ".*")).findFirst().orElseThrow());
	}

	private static PreforkService start(List<Path> libraries, String url, String... args) {
		return PreforkService.builder()
			.libraries(Stream.concat(JDBC.stream(), libraries.stream()).toList())
			.args("--prefork.enabled=true", "--prefork.workers=2", "--prefork.reload.canary=0s",
					"--spring.datasource.url=" + url)
			.args(args)
			.start()
			.awaitReady();
	}

	private String script(String name, String content) throws IOException {
		return Files.writeString(this.directory.resolve(name), content).toUri().toString();
	}

	private static void execute(String url, String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement()) {
			statement.executeUpdate(sql);
		}
	}

	private static int count(String url, String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			assertThat(result.next()).isTrue();
			return result.getInt(1);
		}
	}

}
