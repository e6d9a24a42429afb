package pl.bramka.mocks.operator;

import java.math.BigDecimal;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HashTest {

	@Test
	void matchesThePublishedStart() {
		assertThat(Hash
			.of(List.of("900001", "PAY-000042", "213.47", "Rachunki PAY-000042", "509", "PLN", "jan@example.com")))
			.isEqualTo("910a199df1bb94c9353459fccbb492f78679cf912c565688ce422ffc08118b94");
	}

	@Test
	void matchesThePublishedAnswer() {
		String answer = new Xml().open("transaction")
			.leaf("status", "PENDING")
			.leaf("redirecturl", "https://pay.example/payment/continue/9DEMO001/AB12")
			.leaf("orderID", "PAY-000042")
			.leaf("remoteID", "9DEMO001")
			.hash(true)
			.end();
		assertThat(answer).endsWith(
				"<hash>b65164bf1ced1b75a1df78967f54d357cfb81b4a5059697f21fba567a98a3bf7</hash>" + "</transaction>");
	}

	@Test
	void matchesThePublishedNotification() {
		Payment payment = new Payment(Payment.PAYER_BORNE, "PAY-000042", new BigDecimal("213.47"), "PLN", "509", "",
				List.of(), null,
				List.of(new Attempt("9DEMO001", Attempt.Status.SUCCESS, "20261102101530", BigDecimal.ZERO)));
		assertThat(Payment.list("900001", List.of(payment), true)).endsWith("<transactionList>"
				+ "<serviceID>900001</serviceID><transactions><transaction><orderID>PAY-000042</orderID>"
				+ "<remoteID>9DEMO001</remoteID><amount>214.97</amount><currency>PLN</currency>"
				+ "<gatewayID>509</gatewayID><paymentDate>20261102101530</paymentDate>"
				+ "<paymentStatus>SUCCESS</paymentStatus><paymentStatusDetails>AUTHORIZED</paymentStatusDetails>"
				+ "<startAmount>213.47</startAmount></transaction></transactions>"
				+ "<hash>269280ebb0a7dacb34f3d1c91be3bce2de7f0d8c9d2934c8928dad0a6cde22e5</hash></transactionList>");
	}

	@Test
	void acceptsThePublishedConfirmationAndNoChangedOne() {
		String confirmation = "<confirmationList><serviceID>900001</serviceID><transactionsConfirmations>"
				+ "<transactionConfirmed><orderID>PAY-000042</orderID><confirmation>CONFIRMED</confirmation>"
				+ "</transactionConfirmed></transactionsConfirmations>"
				+ "<hash>1864cda6caa631ced8c60508dcd291031f6a93b1cc1fbe0761d9bbc1bd9046fb</hash></confirmationList>";
		assertThat(Xml.isHashed(Xml.read(confirmation).orElseThrow())).isTrue();
		assertThat(Xml.isHashed(Xml.read(confirmation.replace("000042", "000043")).orElseThrow())).isFalse();
	}

	@Test
	void leavesEmptyValuesOut() {
		assertThat(Hash.of(List.of("900001", "", "PAY-000042"))).isEqualTo(Hash.of(List.of("900001", "PAY-000042")));
	}

	@Test
	void readsNoDocumentWithADtd() {
		assertThat(Xml.read("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")).isEmpty();
		assertThat(Xml.read("<a>")).isEmpty();
		assertThat(Xml.read("<a>b</a>")).isPresent();
	}

}
