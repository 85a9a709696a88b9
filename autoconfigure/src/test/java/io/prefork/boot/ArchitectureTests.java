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

package io.prefork.boot;

import java.nio.file.Path;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

import io.prefork.launcher.Master;
import io.prefork.launcher.signal.HeldSignals;
import io.prefork.launcher.startup.SmallMaster;

/**
 * The layering of the worker side: who may import whom.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target/classes"));

	@Test
	void whenRootPackageUsesTheLauncherThenOnlyToBecomeMaster() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.prefork.launcher..")
				.and(DescribedPredicate
					.not(JavaClass.Predicates.belongToAnyOf(Master.class, SmallMaster.class, HeldSignals.class))))
			.check(CLASSES);
	}

	@Test
	void whenClassIsInSubpackageThenItUsesOnlyTheProtocolOfTheLauncher() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage("io.prefork.boot")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.prefork.launcher..")
			.check(CLASSES);
	}

	@Test
	void whenClassIsInSubpackageThenItDoesNotUseTheRootPackage() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage("io.prefork.boot.*..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.prefork.boot")
			.check(CLASSES);
	}

	@Test
	void whenPackagesDependOnEachOtherThenWithoutCycles() {
		SlicesRuleDefinition.slices().matching("io.prefork.boot.(*)..").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void whenMainCodeWaitsThenNotBySleeping() {
		ArchRuleDefinition.noClasses()
			.should()
			.callMethod(Thread.class, "sleep", long.class)
			.orShould()
			.callMethod(Thread.class, "sleep", long.class, int.class)
			.check(CLASSES);
	}

}
