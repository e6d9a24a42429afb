package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;

import org.springframework.context.annotation.Configuration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shape of the code, kept by the build. Each rule says why it is there. One instance
 * for all of them: the classes are read once, and let go of after the last rule.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {

	private final JavaClasses gateway = mainClasses("pl.bramka.gateway");

	private final JavaClasses mocks = mainClasses("pl.bramka.mocks");

	private static final Set<String> WAITING = Set.of("block", "blockOptional", "blockFirst", "blockLast", "subscribe",
			"toIterable", "toStream");

	private static final DescribedPredicate<JavaCall<?>> WAITS_FOR_A_PUBLISHER = DescribedPredicate.describe(
			"waits for or starts a publisher by hand",
			(call) -> WAITING.contains(call.getName()) && call.getTargetOwner().isAssignableTo(Publisher.class));

	private static final DescribedPredicate<JavaClass> NAMED_BY_HABIT = DescribedPredicate
		.describe("have a name that says how and not what", (type) -> type.getSimpleName()
			.matches(".*(Impl|Utils?|Helper|Manager|Base|Abstract|Service|Dto|Mapper)|Abstract.+|Base[A-Z].*"));

	private static final DescribedPredicate<JavaClass> LEFT_OPEN_WITHOUT_NEED = DescribedPredicate.describe(
			"be open to subclasses",
			(type) -> !type.isInterface() && !type.isEnum() && !type.isRecord() && !type.isAnonymousClass()
					&& !type.getModifiers().contains(JavaModifier.FINAL)
					&& !type.isMetaAnnotatedWith(Configuration.class) && !isConstantOfAnEnum(type));

	private static final DescribedPredicate<JavaClass> HOLDS_WIRE_RECORDS = DescribedPredicate
		.describe("speaks with an upstream", (type) -> type.getSimpleName().matches("(Billing|Crm|OData|OpenId).*"));

	@Test
	void importsFollowTheMap() {
		check(classes().should(new Imports()), "the map in Imports is the shape of the application: a new arrow is one"
				+ " line there, with its reason");
	}

	@Test
	void mainCodeDoesNotKnowThePretendedUpstreams() {
		check(noClasses().should().dependOnClassesThat().resideInAPackage("pl.bramka.mocks.."),
				"they speak with each other over HTTP only, as with the real systems");
	}

	@Test
	void fieldsAreNotInjected() {
		check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION,
				"a constructor says what a class needs, and the compiler checks it");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', delimiter = '|',
			textBlock = """
					org.springframework.beans.factory.annotation.Value | settings are records, validated at start
					java.lang.ThreadLocal                              | a request has no thread; the Reactor context goes with it
					java.lang.InheritableThreadLocal                   | a request has no thread; the Reactor context goes with it
					org.slf4j.MDC                                      | a request has no thread; ids go into log lines explicitly
					org.springframework.web.bind.annotation.ControllerAdvice     | one writer answers all problems
					org.springframework.web.bind.annotation.RestControllerAdvice | one writer answers all problems
					org.springframework.web.bind.annotation.ExceptionHandler     | one writer answers all problems
					org.springframework.scheduling.annotation.Async    | policy is written where it applies, not woven in
					org.springframework.web.client.RestTemplate        | it blocks; upstreams are called through the pipe
					org.springframework.web.client.RestClient          | it blocks; upstreams are called through the pipe
					""")
	void isDoneWithout(String type, String because) {
		check(noClasses().should().dependOnClassesThat().haveFullyQualifiedName(type), because);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
			io.github.resilience4j..annotation..          | policy is written where it applies, not woven in
			org.springframework.cache..                   | caches say how old a value is; annotations cannot
			org.springframework.retry..                   | whether to try again is the pipe's decision alone
			org.springframework.resilience..              | whether to try again is the pipe's decision alone
			org.aspectj..                                 | policy is written where it applies, not woven in
			com.fasterxml.jackson.databind..              | Jackson 3 reads and writes; two of them disagree silently
			com.fasterxml.jackson.core..                  | Jackson 3 reads and writes; two of them disagree silently
			""")
	void isDoneWithoutThePackage(String identifier, String because) {
		check(noClasses().should().dependOnClassesThat().resideInAPackage(identifier), because);
	}

	@Test
	void nothingWaits() {
		check(noClasses().should().callCodeUnitWhere(WAITS_FOR_A_PUBLISHER),
				"an event loop that waits holds up every other request, and a publisher started by hand loses deadline,"
						+ " request id and cancel");
		check(noClasses().should().callMethod(Thread.class, "sleep", long.class),
				"an event loop that sleeps holds up all");
	}

	@Test
	void classesAreClosed() {
		ArchRule rule = noClasses().should(ArchCondition.from(LEFT_OPEN_WITHOUT_NEED));
		check(rule, "what nobody extends can be changed; only Spring subclasses, and only configurations");
		rule.because("what nobody extends can be changed").check(this.mocks);
	}

	@Test
	void wireRecordsIgnoreWhatAnUpstreamAdds() {
		check(classes().that()
			.areRecords()
			.and()
			.areNestedClasses()
			.and(DescribedPredicate.describe("are wire records",
					(type) -> type.getEnclosingClass().map(HOLDS_WIRE_RECORDS::test).orElse(false)))
			.should(new ArchCondition<JavaClass>("ignore unknown fields") {
				@Override
				public void check(JavaClass type, ConditionEvents events) {
					boolean ignores = type.tryGetAnnotationOfType(JsonIgnoreProperties.class)
						.map(JsonIgnoreProperties::ignoreUnknown)
						.orElse(false);
					events.add(new SimpleConditionEvent(type, ignores, type.getName() + " copies unknown fields"));
				}
			}), "Jackson copies every unknown field of a record that does not say so, and customers add fields");
	}

	@Test
	void everyPackageIsNullMarked() {
		ArchRule rule = classes().should(new ArchCondition<JavaClass>("live in a package that is @NullMarked") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				events.add(new SimpleConditionEvent(type, type.getPackage().isAnnotatedWith(NullMarked.class),
						type.getName() + " is in a package without @NullMarked"));
			}
		});
		check(rule, "null is an exception that is written down, and the compiler checks the rest");
		rule.because("null is an exception that is written down").check(this.mocks);
	}

	@Test
	void namesSayWhat() {
		ArchRule rule = noClasses().should(ArchCondition.from(NAMED_BY_HABIT));
		check(rule, "a noun for the thing says what it is; these words fit anything");
		rule.because("these words fit anything").check(this.mocks);
	}

	@ParameterizedTest
	@ValueSource(strings = { "util", "utils", "common", "model", "dto", "service", "controller", "helper", "impl" })
	void foldersSayWhat(String folder) {
		ArchRule rule = noClasses().should().resideInAPackage(".." + folder + "..");
		check(rule, "a folder is a feature or a mechanism; these names collect what belongs elsewhere");
		rule.because("these names collect what belongs elsewhere").check(this.mocks);
	}

	@ParameterizedTest
	@ValueSource(strings = { "src/main/java", "../mocks/src/main/java" })
	void noFileIsLongerThan300Lines(String folder) {
		try (Stream<Path> files = Files.walk(Path.of(folder))) {
			List<Path> sources = files.filter((file) -> file.toString().endsWith(".java")).toList();
			assertThat(sources).isNotEmpty()
				.allSatisfy(
						(file) -> assertThat(Files.readAllLines(file)).as("a file nobody reads in one go: two things")
							.hasSizeLessThanOrEqualTo(300));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void check(ArchRule rule, String because) {
		// A rule about what is not there yet is kept all the same.
		rule.because(because).allowEmptyShould(true).check(this.gateway);
	}

	private static boolean isConstantOfAnEnum(JavaClass type) {
		return type.getRawSuperclass().map(JavaClass::isEnum).orElse(false);
	}

	private static JavaClasses mainClasses(String root) {
		return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages(root);
	}

}
