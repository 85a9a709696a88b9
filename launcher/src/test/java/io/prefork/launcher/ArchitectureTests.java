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

package io.prefork.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.Random;
import java.util.Timer;
import java.util.UUID;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may import whom.
 */
class ArchitectureTests {

	private static final String ROOT = "io.prefork.launcher";

	private static final JavaClasses PRODUCTION = new ClassFileImporter().importPath(Path.of("target/classes"));

	@Test
	void whenClassesAreImportedThenAllPackagesAreThere() {
		assertThat(PRODUCTION.stream().map(JavaClass::getPackageName)).contains(ROOT, ROOT + ".supervisor",
				ROOT + ".loop", ROOT + ".edge", ROOT + ".directory", ROOT + ".succession", ROOT + ".distribution",
				ROOT + ".generation", ROOT + ".startup", ROOT + ".log", ROOT + ".process", ROOT + ".listen",
				ROOT + ".control", ROOT + ".notify", ROOT + ".signal", ROOT + ".sizing", ROOT + ".config",
				ROOT + ".cli", "io.prefork.protocol", "io.prefork.status");
	}

	@Test
	void whenClassIsOfTheSupervisorThenItIsPure() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ROOT + ".supervisor")
			.should()
			.onlyDependOnClassesThat(JavaClass.Predicates
				.resideInAnyPackage(ROOT + ".supervisor", "java.lang..", "java.util", "java.util.function",
						"java.util.stream", "org.jspecify.annotations")
				.or(JavaClass.Predicates.belongToAnyOf(Duration.class)))
			.check(PRODUCTION);
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(ROOT + ".supervisor")
			.should()
			.dependOnClassesThat(JavaClass.Predicates
				.belongToAnyOf(Thread.class, System.class, Runtime.class, Process.class, Random.class, Timer.class,
						Date.class, UUID.class)
				.or(JavaClass.Predicates.resideInAPackage("java.lang.management")))
			.check(PRODUCTION);
	}

	@Test
	void whenClassIsSharedWithWorkersThenItNeedsNothingButTheJdk() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage("io.prefork.contract")
			.should()
			.onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("io.prefork.contract", "java..",
					"org.jspecify.annotations"))
			.check(PRODUCTION);
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage("io.prefork.sizing")
			.should()
			.onlyDependOnClassesThat(
					JavaClass.Predicates.resideInAnyPackage("io.prefork.sizing", "java..", "org.jspecify.annotations"))
			.check(PRODUCTION);
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage("io.prefork.status")
			.should()
			.onlyDependOnClassesThat(
					JavaClass.Predicates.resideInAnyPackage("io.prefork.status", "java..", "org.jspecify.annotations"))
			.check(PRODUCTION);
		ArchRuleDefinition.classes()
			.that()
			.resideInAnyPackage("io.prefork.protocol", "io.prefork.rundir")
			.should()
			.onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("io.prefork.contract", "io.prefork.status",
					"io.prefork.protocol", "io.prefork.rundir", "java..", "org.jspecify.annotations"))
			.check(PRODUCTION);
	}

	@ParameterizedTest
	@ValueSource(strings = { "process", "listen", "control", "notify", "signal", "sizing" })
	void whenClassIsOfAnEdgeThenItKnowsNoOtherEdge(String edge) {
		verifyUses(edge, "edge", "supervisor", "config", "log");
	}

	@Test
	void whenClassDescribesTheEdgesThenItKnowsNoEdge() {
		verifyUses("edge", "supervisor", "config");
	}

	@Test
	void whenClassSpeaksToPeopleThenItKnowsNoEdge() {
		verifyUses("log", "supervisor");
	}

	@Test
	void whenClassIsAboutTheDirectoryThenItKnowsNoEdge() {
		verifyUses("directory", "supervisor", "config", "log");
	}

	@ParameterizedTest
	@ValueSource(strings = { "distribution", "succession" })
	void whenClassDoesWhatTheSupervisorDecidesThenItUsesWhatDescribesTheEdges(String room) {
		verifyUses(room, "edge", "supervisor", "config", "log", "directory");
	}

	@Test
	void whenClassIsOfTheLoopThenItUsesWhatDescribesTheEdges() {
		verifyUses("loop", "edge", "supervisor", "config", "log", "directory", "distribution", "succession",
				"generation", "preload", "startup");
	}

	@Test
	void whenClassIsAboutGenerationsThenItUsesProcesses() {
		verifyUses("generation", "edge", "supervisor", "config", "log", "directory", "process", "sizing", "preload");
	}

	@Test
	void whenClassChecksAServiceThenItOnlyReads() {
		verifyUses("check", "config", "sizing", "supervisor");
	}

	@Test
	void whenClassIsOfAnOperatorThenItKnowsOnlyWhereMastersAre() {
		verifyUses("operator", "directory");
	}

	@Test
	void whenClassShowsAServiceThenItKnowsNoEdge() {
		verifyUses("report", "log");
		verifyUses("top", "report", "operator", "log");
	}

	@Test
	void whenClassLoadsAServiceThenItKnowsOnlyItsPort() {
		verifyUses("load");
	}

	@Test
	void whenClassMeasuresAServiceThenItDoesWhatAUserCan() {
		verifyUses("tune", "load", "operator", "report", "process", "config", "sizing");
	}

	@Test
	void whenClassIsAboutPreloadingThenItUsesProcesses() {
		verifyUses("preload", "config", "log", "process");
	}

	@Test
	void whenClassIsAboutTheStartThenItUsesWhatItLooksAt() {
		verifyUses("startup", "edge", "config", "supervisor", "log", "process", "signal", "sizing", "preload", "check");
	}

	@Test
	void whenClassIsOfTheConfigurationThenItKnowsNoEdge() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ROOT + ".config")
			.should()
			.onlyDependOnClassesThat(inOwnPackages("config", "supervisor").or(foreign()))
			.check(PRODUCTION);
	}

	@Test
	void whenClassIsNotOfTheCommandLineThenItDoesNotKnowTheCommandLine() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(ROOT + ".cli")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(ROOT + ".cli", "picocli..")
			.check(PRODUCTION);
	}

	@Test
	void whenClassIsOfTheLauncherThenItDoesNotKnowSpring() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "reactor..", "io.prefork.boot..")
			.check(PRODUCTION);
	}

	@Test
	void whenClassKnowsNettyThenItIsAboutSockets() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackages(ROOT + ".listen", ROOT + ".control", ROOT + ".notify", ROOT + ".load",
					"io.prefork.handover")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.netty..")
			.check(PRODUCTION);
	}

	@Test
	void whenClassKnowsProcessesThenItIsAboutProcesses() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(ROOT + ".process")
			.should()
			.dependOnClassesThat(
					JavaClass.Predicates.belongToAnyOf(ProcessBuilder.class, ProcessHandle.class, Process.class))
			.check(PRODUCTION);
	}

	@Test
	void whenPackagesDependOnEachOtherThenNotInCycles() {
		SlicesRuleDefinition.slices().matching("io.prefork.(**)").should().beFreeOfCycles().check(PRODUCTION);
	}

	@Test
	void whenSomethingIsWaitedForThenNotBySleeping() {
		// Only somebody who looks from outside asks again and again.
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(ROOT + ".cli")
			.should()
			.accessTargetWhere(JavaAccess.Predicates.target(HasName.Predicates.name("sleep")))
			.check(PRODUCTION);
	}

	private static void verifyUses(String room, String... others) {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ROOT + "." + room)
			.should()
			.onlyDependOnClassesThat(
					inOwnPackages(others).or(JavaClass.Predicates.resideInAPackage(ROOT + "." + room)).or(foreign()))
			.check(PRODUCTION);
	}

	private static DescribedPredicate<JavaClass> inOwnPackages(String... names) {
		return JavaClass.Predicates.resideInAnyPackage(Stream
			.concat(Stream.of("io.prefork.protocol", "io.prefork.contract", "io.prefork.handover", "io.prefork.rundir",
					"io.prefork.status", "io.prefork.metrics"), Arrays.stream(names).map((name) -> ROOT + "." + name))
			.toArray(String[]::new));
	}

	private static DescribedPredicate<JavaClass> foreign() {
		return DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("io.prefork.."));
	}

}
