package pl.bramka.gateway.home;

import java.util.List;

import pl.bramka.gateway.account.Profile;
import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.freshness.Section;
import pl.bramka.gateway.invoices.InvoiceSummary;
import pl.bramka.gateway.invoices.OpenInvoices;
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
 */
record Home(Section<Profile> customer, Section<List<Contract>> contracts, Section<OpenInvoices.Balance> balance,
		Section<List<InvoiceSummary>> invoices, Section<List<ReadableMeter>> readings) {
}
