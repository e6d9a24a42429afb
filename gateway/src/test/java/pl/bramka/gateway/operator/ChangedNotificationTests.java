package pl.bramka.gateway.operator;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Notifications that were changed on their way, in every way there is for one byte and in
 * many for more: none is believed, and none is met with anything but a refusal.
 */
class ChangedNotificationTests {

	private static final Charset UTF_8 = StandardCharsets.UTF_8;

	private static final byte[] SAMPLE = Itn.SAMPLE.getBytes(StandardCharsets.UTF_8);

	private static final SharedKey KEY = new SharedKey(Orders.KEY);

	/** Always the same ones. */
	private static final long SEED = 20261102;

	private static final int MUTATIONS = 25_000;

	/** What documents that harm are made of, and what ours are. */
	private static final List<String> PIECES = List.of("<", ">", "</", "/>", "&", "&#0;", "&#x7c;", "&lt;", "&x;", "|",
			"<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>", "<!DOCTYPE transactionList>", "<![CDATA[",
			"]]>", "<!--", "-->", "<?x y?>", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", " ", "\n", "\0", "\uFEFF",
			"ż", "<hash>", "</hash>", "<amount>", "</amount>", "<startAmount/>", "<orderID></orderID>", "SUCCESS",
			"FAILURE", "PAY-000042", "214.97", "1.00", " a=\"b\"", " xmlns=\"x\"", "<transaction>", "</transaction>",
			"<a><a><a><a><a><a><a><a><a><a>");

	/** What it says, if it is believed. */
	private static Optional<List<Attempt>> believed(byte[] document) {
		try {
			TransactionList list = TransactionList.of(document);
			if (!list.service().equals("900001") || !list.isSignedWith(KEY)) {
				return Optional.empty();
			}
			return Optional.of(list.transactions().stream().map((each) -> each.attempt(FeeBearer.PAYER)).toList());
		}
		catch (Element.Unreadable ex) {
			return Optional.empty();
		}
	}

	private static Optional<List<Attempt>> believedForm(byte[] body) {
		try {
			return believed(NotificationForm.document(body));
		}
		catch (Element.Unreadable ex) {
			return Optional.empty();
		}
	}

	@Test
	void theSampleIsBelieved() {
		assertThat(believed(SAMPLE).orElseThrow()).singleElement().satisfies((attempt) -> {
			assertThat(attempt.orderId()).isEqualTo("PAY-000042");
			assertThat(attempt.remoteId()).isEqualTo("9DEMO001");
			assertThat(attempt.status()).isEqualTo(Attempt.Status.SUCCESS);
			assertThat(attempt.amount()).as("without the fee").isEqualTo(Orders.zloty(21347));
			assertThat(attempt.at()).as("Warsaw time").isEqualTo("2026-11-02T09:15:30Z");
		});
		assertThat(believedForm(Itn.form(SAMPLE).getBytes(StandardCharsets.US_ASCII))).isEqualTo(believed(SAMPLE));
		assertThat(believed(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + Itn.SAMPLE).getBytes(UTF_8)))
			.isEqualTo(believed(SAMPLE));
		assertThat(believed(Itn.SAMPLE.replace("><", ">\n  <").getBytes(UTF_8))).isEqualTo(believed(SAMPLE));
	}

	@Test
	void noOtherByteIsBelieved() {
		for (int at = 0; at < SAMPLE.length; at++) {
			byte[] changed = SAMPLE.clone();
			for (int other = 0; other < 256; other++) {
				changed[at] = (byte) other;
				if (other != (SAMPLE[at] & 0xff) && believed(changed).isPresent()) {
					assertThat(new String(changed, StandardCharsets.ISO_8859_1)).as("believed").isEmpty();
				}
			}
		}
	}

	@Test
	void noByteIsBelievedToBeGoneOrTwice() {
		for (int at = 0; at < SAMPLE.length; at++) {
			byte[] less = new byte[SAMPLE.length - 1];
			System.arraycopy(SAMPLE, 0, less, 0, at);
			System.arraycopy(SAMPLE, at + 1, less, at, less.length - at);
			byte[] more = new byte[SAMPLE.length + 1];
			System.arraycopy(SAMPLE, 0, more, 0, at + 1);
			System.arraycopy(SAMPLE, at, more, at + 1, SAMPLE.length - at);
			assertThat(believed(less)).isEmpty();
			assertThat(believed(more)).isEmpty();
			assertThat(believed(Arrays.copyOf(SAMPLE, at))).isEmpty();
		}
	}

	/** Base64 can say the same in several ways; only one of them is read. */
	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "\n\n" })
	void noOtherCharacterOfTheFormIsBelieved(String end) {
		byte[] document = (Itn.SAMPLE + end).getBytes(UTF_8);
		byte[] form = ("transactions=" + Base64.getEncoder().encodeToString(document)).getBytes(UTF_8);
		assertThat(believedForm(form)).isPresent();
		for (int at = 0; at < form.length; at++) {
			byte[] changed = form.clone();
			// The last ones hold bits that say nothing.
			for (int bits = 1; bits < 256; bits += (at < form.length - 4) ? bits : 1) {
				changed[at] = (byte) (form[at] ^ bits);
				assertThat(believedForm(changed).filter((said) -> saidOtherwise(form, changed)))
					.as("%d at %d", bits, at)
					.isEmpty();
			}
		}
	}

	/** A blank behind the document may be another blank. */
	private static boolean saidOtherwise(byte[] form, byte[] changed) {
		String before = new String(NotificationForm.document(form), UTF_8);
		String after = new String(NotificationForm.document(changed), UTF_8);
		return before.equals(after) || !before.strip().equals(after.strip());
	}

	/** What is still believed says exactly what the operator said. */
	@Test
	void nothingElseIsBelievedAndNothingElseIsThrown() {
		Optional<List<Attempt>> said = believed(SAMPLE);
		Random random = new Random(SEED);
		int same = 0;
		for (int i = 0; i < MUTATIONS; i++) {
			byte[] changed = mutated(random);
			boolean form = random.nextInt(4) == 0;
			byte[] sent = form ? Itn.form(changed).getBytes(StandardCharsets.US_ASCII) : changed;
			Optional<List<Attempt>> believed = form ? believedForm(sent) : believed(sent);
			if (believed.isPresent()) {
				same++;
				assertThat(believed).as(new String(changed, UTF_8)).isEqualTo(said);
			}
			// As a form it is no good, and must not be met with anything else either.
			assertThat(believedForm(changed)).isEmpty();
		}
		assertThat(same).as("blanks between elements change nothing").isLessThan(MUTATIONS / 50);
	}

	private static byte[] mutated(Random random) {
		StringBuilder text = new StringBuilder(Itn.SAMPLE);
		for (int times = 1 + random.nextInt(3); times > 0; times--) {
			int at = random.nextInt(text.length());
			int end = Math.min(text.length(), at + random.nextInt(40));
			switch (random.nextInt(6)) {
				case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
				case 1 -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
				case 2 -> text.delete(at, end);
				case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
				case 4 -> text.setCharAt(at, (char) random.nextInt(0x250));
				default -> text.insert(text.indexOf("<", at) < 0 ? 0 : text.indexOf("<", at),
						PIECES.get(random.nextInt(PIECES.size())));
			}
			if (text.isEmpty()) {
				text.append(' ');
			}
		}
		byte[] bytes = text.toString().getBytes(random.nextInt(8) == 0 ? StandardCharsets.UTF_16 : UTF_8);
		if (random.nextInt(8) == 0) {
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
		}
		return bytes;
	}

	/** All of them keep the texts and their order, which is what is signed. */
	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', delimiter = '~',
			textBlock = """
					<transaction>                  ~ <transaction a="b">
					<transactionList>              ~ <transactionList xmlns="https://pay.example">
					<transactionList>              ~ <!DOCTYPE transactionList><transactionList>
					<transactionList>              ~ <!-- --><transactionList>
					<transactionList>              ~ <?x y?><transactionList>
					<transactionList>              ~ <?xml version="1.0" encoding="utf-8"?><transactionList>
					<transactionList>              ~ <?xml version="1.1" encoding="UTF-8"?><transactionList>
					<transactionList>              ~ <?xml version="1.0" encoding="UTF-8" standalone="yes"?><transactionList>
					<transactionList>              ~ <?xml version="1.0" encoding="UTF-8"?><?xml version="1.0" encoding="UTF-8"?><transactionList>
					</transactionList>             ~ </transactionList><!-- -->
					</transactionList>             ~ </transactionList><?x y?>
					</transactionList>             ~ </transactionList><transactionList/>
					</transactionList>             ~ </transactionList>x
					</orderID>                     ~ </orderID>x
					</orderID>                     ~ </orderID><!-- -->
					</orderID>                     ~ </orderID><orderID>PAY-000042</orderID>
					<amount>214.97                 ~ <amount><![CDATA[214.97]]>
					<amount>214.97</amount><currency>PLN</currency> ~ <amount>214.97|PLN</amount>
					<currency>PLN</currency><gatewayID>509</gatewayID> ~ <currency>PLN</currency><x>509</x><currency/><currency></currency>
					<remoteID>9DEMO001</remoteID><amount>214.97</amount> ~ <amount>9DEMO001</amount><remoteID>214.97</remoteID>
					<amount>214.97</amount>        ~ <total>214.97</total>
					<paymentStatusDetails>AUTHORIZED</paymentStatusDetails><startAmount>213.47</startAmount> ~ <paymentStatusDetails>AUTHORIZED|213.47</paymentStatusDetails>
					<amount>214.97</amount>        ~ <amount><sum>214.97</sum></amount>
					<paymentStatus>SUCCESS</paymentStatus> ~ <state>SUCCESS</state>
					</hash>                        ~ </hash><more>x</more>
					</hash>                        ~ </hash><hash/>
					<hash>                         ~ <hash/><hash>
					</transactions>                ~ </transactions><transactions/>
					<serviceID>900001</serviceID><transactions> ~ <transactions><serviceID>900001</serviceID>
					""")
	void theSameTextsInAnotherDocumentAreNotBelieved(String part, String instead) {
		assertThat(Itn.SAMPLE).contains(part);
		assertThat(believed(Itn.SAMPLE.replace(part, instead).getBytes(UTF_8))).isEmpty();
	}

	/**
	 * Then the amount with the fee is what is left, which is not the one we asked for.
	 */
	@Test
	void noFieldBecomesAnotherByItsName() {
		byte[] changed = Itn.SAMPLE.replace("startAmount", "endAmount").getBytes(UTF_8);
		assertThat(believed(changed).orElseThrow()).singleElement()
			.extracting(Attempt::amount)
			.isEqualTo(Orders.zloty(21497));
	}

	/** An operator may say more than it did; what it says stays signed. */
	@Test
	void fieldsThatWeDoNotKnowAreLetPast() {
		String more = Itn.transaction("PAY-1", "R1", "SUCCESS")
			.replace("<startAmount>", "<customerData><fName>Jan</fName></customerData><startAmount>");
		byte[] document = Itn.of(more).xml().getBytes(UTF_8);
		assertThat(believed(document)).isPresent();
		assertThat(believed(new String(document, UTF_8).replace("Jan", "Jon").getBytes(UTF_8))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "214.9", "214.970", "-214.97", "+214.97", "2E2", "214,97", " 214.97", "1234567890.00", "",
			"٢١٤.٩٧" })
	void noAmountOfAnotherFormIsBelieved(String amount) {
		assertThat(believed(
				Itn.of(Itn.transaction("PAY-1", "R1", "SUCCESS").replace("213.47", amount).replace("214.97", amount))
					.xml()
					.getBytes(UTF_8)))
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "20261302101530", "20260230101530", "2026110210153", "2026-11-02", "20261102106030" })
	void noDateThatIsNoneIsBelieved(String date) {
		assertThat(believed(Itn.of(Itn.transaction("PAY-1", "R1", "SUCCESS").replace("20261102101530", date))
			.xml()
			.getBytes(UTF_8))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16", "UTF-16BE", "ISO-8859-2", "windows-1250" })
	void noOtherEncodingIsRead(String charset) {
		byte[] document = ("<?xml version=\"1.0\" encoding=\"" + charset + "\"?>"
				+ Itn.SAMPLE.replace("AUTHORIZED", "ZAPŁACONO"))
			.getBytes(Charset.forName(charset));
		assertThat(believed(document)).isEmpty();
	}

	/** Each would read a file, ask another machine, or fill the memory. */
	@ParameterizedTest
	@ValueSource(strings = { "<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><x>&x;</x>",
			"<!DOCTYPE x SYSTEM \"http://localhost:1/x.dtd\"><x/>",
			"<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://localhost:1/p\"> %p;]><x/>",
			"<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
					+ "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]><x>&d;</x>",
			"<x>&undeclared;</x>", "<x xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"x\"/></x>", "",
			"<", "<x", "x", "<x></y>", "\0", "<x>\u0001</x>" })
	void whatHarmsIsRefused(String document) {
		assertThatThrownBy(() -> Element.read(document.getBytes(UTF_8))).isInstanceOf(Element.Unreadable.class)
			.hasNoCause();
	}

	@Test
	void whatIsTooDeepOrTooMuchIsRefused() {
		for (String document : List.of("<x>".repeat(100_000), "<x>".repeat(9) + "</x>".repeat(9),
				"<x>" + "<y/>".repeat(50_000) + "</x>", "<x>" + "y".repeat(5_000) + "</x>",
				"<x " + "a='b' ".repeat(9_000) + "/>",
				Itn.of(Collections.nCopies(101, Itn.transaction("PAY-1", "R1", "SUCCESS")).toArray(String[]::new))
					.xml())) {
			assertThatThrownBy(() -> TransactionList.of(document.getBytes(UTF_8)).transactions())
				.isInstanceOf(Element.Unreadable.class);
		}
		assertThat(believed(
				Itn.of(Collections.nCopies(100, Itn.transaction("PAY-1", "R1", "SUCCESS")).toArray(String[]::new))
					.xml()
					.getBytes(UTF_8))
			.orElseThrow()).hasSize(100);
	}

}
