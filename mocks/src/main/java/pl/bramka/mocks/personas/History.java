package pl.bramka.mocks.personas;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A rule that stands for many settled invoices: one every few months, dearer in winter.
 *
 * @param firstId id of the oldest invoice; the others count up from it
 * @param count how many invoices
 * @param everyMonths months between two of them
 * @param latest date of the newest
 * @param amount amount in a month without season, in grosze
 * @param swing how much more January costs and July less, in grosze
 * @param description description of each invoice
 * @param text text of each invoice
 */
record History(String firstId, int count, int everyMonths, @JsonProperty("latestInDays") LocalDate latest, long amount,
		long swing, String description, String text) {

	private static final int DAYS_TO_PAY = 14;

	/** The invoices, oldest first. */
	List<Document> documents() {
		List<Document> documents = new ArrayList<>();
		for (int age = 0; age < this.count; age++) {
			documents.add(document(age));
		}
		Collections.reverse(documents);
		return documents;
	}

	private Document document(int age) {
		LocalDate issued = this.latest.minusMonths((long) age * this.everyMonths);
		LocalDate due = issued.plusDays(DAYS_TO_PAY);
		LocalDate paid = due.minusDays(1 + age % 5);
		return new Document(id(this.count - 1 - age), DocumentKind.INVOICE, amount(issued, age), issued, due,
				this.description, this.text, paid, DocumentStatus.PAID);
	}

	private String id(int number) {
		String id = Long.toString(Long.parseLong(this.firstId) + number);
		return "0".repeat(this.firstId.length() - id.length()) + id;
	}

	/** Cosine over the year, and some odd grosze that differ between neighbours. */
	private long amount(LocalDate issued, int age) {
		double season = Math.cos((issued.getMonthValue() - 1) * Math.PI / 6);
		return (this.swing == 0) ? this.amount : this.amount + Math.round(season * this.swing) + age * 37L % 100;
	}

}
