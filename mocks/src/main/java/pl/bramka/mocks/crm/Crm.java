package pl.bramka.mocks.crm;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.faults.FaultPlayer;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.sap.EntitySet;
import pl.bramka.mocks.sap.Filter;
import pl.bramka.mocks.sap.FunctionImport;
import pl.bramka.mocks.sap.SapSystem;
import pl.bramka.mocks.sap.Table;

/**
 * Customer relations: who somebody is, what was sold, how to reach them.
 */
public final class Crm implements FaultPlayer {

	/** Everything CRM answers lies below this path. */
	public static final String BASE_PATH = "/sap/opu/odata/sap/CRM_UTILITIES_UMC/";

	private static final Pattern PPE = Pattern.compile("(\"ExternalID\":\"\\d{17})(\\d)");

	private final Contacts emails;

	private final Contacts phones;

	private final Interactions interactions;

	private final SapSystem system;

	/**
	 * CRM as these personas left it.
	 * @param personas its customers
	 * @param clock dates what requests create
	 */
	public Crm(Personas personas, Clock clock) {
		this.emails = Contacts.emails(personas);
		this.phones = Contacts.phones(personas);
		this.interactions = new Interactions(personas, clock);
		this.system = new SapSystem("CRM_UTILITIES_UMC", clock, sets(personas), List
			.of(new FunctionImport("ContractTypesByPerson", "AccountID", true, new ContractTypes(personas)::ofPerson)));
	}

	@Override
	public ResponseDefinition answer(Request request) {
		return this.system.answer(request);
	}

	/**
	 * Accepts changes of contact data from now on, and shows them only when
	 * {@link #applyContactChanges} is called: what is done overnight.
	 * @param later or at once again, with what waits
	 */
	public void applyContactChangesLater(boolean later) {
		this.emails.applyLater(later);
		this.phones.applyLater(later);
		this.system.changed();
	}

	/**
	 * Shows the changes of contact data that were accepted.
	 */
	public void applyContactChanges() {
		this.emails.apply();
		this.phones.apply();
		this.system.changed();
	}

	/**
	 * Leaves the flag of the standard contact on the old one when a new one comes.
	 * @param flagged or takes it off, as usual
	 */
	public void leaveOldContactsFlagged(boolean flagged) {
		this.emails.leaveOldFlagged(flagged);
		this.phones.leaveOldFlagged(flagged);
	}

	/**
	 * Refuses to remove the contact that each account had at first.
	 * @param kept or removes it, as usual
	 */
	public void keepFirstContacts(boolean kept) {
		this.emails.keepFirst(kept);
		this.phones.keepFirst(kept);
	}

	/**
	 * The messages that customers sent.
	 * @return the numbers of their records, oldest first
	 */
	public List<String> messages() {
		return this.interactions.records()
			.matching(Filter.all())
			.stream()
			.map((record) -> record.text("InteractionRecordID"))
			.toList();
	}

	@Override
	public ResponseDefinition answer(Request request, FaultKind kind) {
		ResponseDefinition usual = answer(request);
		byte[] body = usual.getByteBody();
		if (kind != FaultKind.WRONG_PPE || body == null) {
			return usual;
		}
		String wrong = PPE.matcher(new String(body, StandardCharsets.UTF_8))
			.replaceAll((found) -> found.group(1) + (Integer.parseInt(found.group(2)) + 1) % 10);
		return ResponseDefinitionBuilder.like(usual).withBody(wrong.getBytes(StandardCharsets.UTF_8)).build();
	}

	@Override
	public void reset() {
		this.emails.reset();
		this.phones.reset();
		this.interactions.reset();
		this.system.reset();
	}

	private List<EntitySet> sets(Personas personas) {
		List<Persona> all = personas.all();
		EntitySet products = new EntitySet("Products", "Product", new Table(Sales.products(all)), "ProductID");
		EntitySet attributes = new EntitySet("ContractItemAttributes", "ContractItemAttribute",
				new Table(Sales.attributes(all)), "ContractID", "AttributeID");
		EntitySet points = new EntitySet("PointOfDeliveries", "PointOfDelivery", new Table(Sales.points(all)),
				"PointOfDeliveryID");
		EntitySet items = new EntitySet("ContractItems", "ContractItem", new Table(Sales.items(all)), "ContractID")
			.one("Product", products, "ProductID")
			.many("Attributes", attributes, "ContractID")
			.one("PointOfDelivery", points, "PointOfDeliveryGUID", "PointOfDeliveryID");
		EntitySet addresses = new EntitySet("AccountAddresses", "AccountAddress", new Table(People.addresses(all)),
				"AccountID", "AddressID");
		EntitySet emailSet = contacts("Email", this.emails);
		EntitySet phoneSet = contacts("MobilePhone", this.phones);
		EntitySet records = new EntitySet("InteractionRecords", "InteractionRecord", this.interactions.records(),
				"InteractionRecordID")
			.creates(this.interactions::record);
		EntitySet accounts = new EntitySet("Accounts", "Account", new Table(People.accounts(all)), "AccountID")
			.many("ContractItems", items, "AccountID")
			.many("AccountAddressIndependentEmails", emailSet, "AccountID")
			.many("AccountAddressIndependentMobilePhones", phoneSet, "AccountID")
			.many("InteractionRecords", records, "AccountID")
			.one("StandardAccountAddress", addresses, "AccountID");
		return List.of(accounts, items, products, attributes, points, addresses, emailSet, phoneSet, records);
	}

	private static EntitySet contacts(String kind, Contacts contacts) {
		String type = "AccountAddressIndependent" + kind;
		return new EntitySet(type + "s", type, contacts.table(), "AccountID", "SequenceNo").creates(contacts::add)
			.removes(contacts::remove);
	}

}
