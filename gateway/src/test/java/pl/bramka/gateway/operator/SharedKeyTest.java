package pl.bramka.gateway.operator;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the operator and we sign, against hashes written down with the contract.
 */
class SharedKeyTest {

	private final SharedKey key = new SharedKey("demo-shared-key");

	@Test
	void signsAStart() {
		assertThat(this.key
			.hash(List.of("900001", "PAY-000042", "213.47", "Rachunki PAY-000042", "509", "PLN", "jan@example.com")))
			.isEqualTo("910a199df1bb94c9353459fccbb492f78679cf912c565688ce422ffc08118b94");
	}

	@Test
	void knowsTheAnswerOfAStart() {
		List<String> answer = List.of("PENDING", "https://pay.example/payment/continue/9DEMO001/AB12", "PAY-000042",
				"9DEMO001");
		assertThat(this.key.signed(answer, "b65164bf1ced1b75a1df78967f54d357cfb81b4a5059697f21fba567a98a3bf7"))
			.isTrue();
		assertThat(this.key.signed(answer, "b65164bf1ced1b75a1df78967f54d357cfb81b4a5059697f21fba567a98a3bf8"))
			.isFalse();
	}

	@Test
	void knowsANotification() {
		assertThat(
				this.key.signed(
						List.of("900001", "PAY-000042", "9DEMO001", "214.97", "PLN", "509", "20261102101530", "SUCCESS",
								"AUTHORIZED", "213.47"),
						"269280ebb0a7dacb34f3d1c91be3bce2de7f0d8c9d2934c8928dad0a6cde22e5"))
			.isTrue();
	}

	@Test
	void signsAConfirmation() {
		assertThat(this.key.hash(List.of("900001", "PAY-000042", "CONFIRMED")))
			.isEqualTo("1864cda6caa631ced8c60508dcd291031f6a93b1cc1fbe0761d9bbc1bd9046fb");
	}

	@Test
	void leavesEmptyValuesOut() {
		assertThat(this.key.hash(List.of("900001", "", "PAY-000042", "CONFIRMED", "")))
			.isEqualTo("1864cda6caa631ced8c60508dcd291031f6a93b1cc1fbe0761d9bbc1bd9046fb");
	}

	@Test
	void isNotTold() {
		assertThat(this.key).asString().doesNotContain("demo");
	}

}
