package pl.bramka.gateway.strict;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.TimeUnit;
import java.util.List;

import jakarta.validation.Validator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Fingerprint;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway that nobody has asked anything yet.
 */
class KnownBodiesTest {

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	/** Whoever has to put something into the table waits, and no event loop may. */
	@Test
	@Timeout(value = 30, unit = TimeUnit.SECONDS)
	void areNotLearnedWhileCallersWait() throws Exception {
		List<ReentrantLock> locks = locksOfTheValidatorsTable();
		locks.forEach(ReentrantLock::lock);
		try {
			Phone phone = gateway.signedIn("anna");
			assertThat(phone.get("/v1/invoices?limit=1").statusCode()).isEqualTo(200);
			// A body that holds another one.
			Fingerprint finger = new Fingerprint(DeviceKey.generate());
			assertThat(finger.enrol(phone).statusCode()).isEqualTo(204);
			assertThat(finger.signIn(phone.tokens(null)).statusCode()).isEqualTo(201);
		}
		finally {
			locks.forEach(ReentrantLock::unlock);
		}
	}

	/** Hibernate Validator shows it to nobody. */
	private static List<ReentrantLock> locksOfTheValidatorsTable() throws ReflectiveOperationException {
		Object validator = gateway.bean(Validator.class).unwrap(Validator.class);
		Object[] segments = (Object[]) read(read(read(validator, "beanMetaDataManager"), "beanMetaDataCache"),
				"segments");
		assertThat(segments).isNotEmpty();
		return Arrays.stream(segments).map(ReentrantLock.class::cast).toList();
	}

	private static Object read(Object owner, String name) throws ReflectiveOperationException {
		Field field = owner.getClass().getDeclaredField(name);
		field.setAccessible(true);
		return field.get(owner);
	}

}
