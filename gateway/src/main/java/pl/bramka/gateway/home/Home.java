package pl.bramka.gateway.home;

import java.util.List;

import pl.bramka.gateway.account.Profile;
import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.freshness.Section;
import pl.bramka.gateway.invoices.InvoiceSummary;
import pl.bramka.gateway.maintenance.Notice;
import pl.bramka.gateway.readingrules.ReadableMeter;

/**
 * The first screen.
 *
 * @param customer who is signed in
 * @param contracts the contracts the app may show
 * @param balance how much is open; made of the same documents as {@code invoices},
 * therefore never in another state or of another age
 * @param invoices the documents to pay next, the earliest last day first
 * @param readings the meters that may be read today
 * @param notices planned work that is under way or begins within days, by its beginning;
 * always fresh, and empty if there is none
 */
record Home(Section<Profile> customer, Section<List<Contract>> contracts, Section<Balance> balance,
		Section<List<InvoiceSummary>> invoices, Section<List<ReadableMeter>> readings, Section<List<Notice>> notices) {
}
