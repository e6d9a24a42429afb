package pl.bramka.mocks;

import java.util.List;

import pl.bramka.mocks.control.Order;
import pl.bramka.mocks.control.Route;
import pl.bramka.mocks.crm.Crm;

/**
 * Changes of contact data over the control server: when CRM applies them.
 */
final class ContactRoutes {

	private final Crm crm;

	ContactRoutes(Crm crm) {
		this.crm = crm;
	}

	List<Route> routes() {
		return List.of(
				new Route("PUT", "/contact-changes",
						"{\"apply\":\"later\"}: accepted now, shown when told; {\"apply\":\"at-once\"}: as at first",
						this::when),
				new Route("POST", "/contact-changes/apply", "CRM shows the changes it has accepted", (order) -> {
					this.crm.applyContactChanges();
					return null;
				}));
	}

	private Object when(Order order) {
		String when = order.knowing("apply").requiredText("apply");
		if (!when.equals("later") && !when.equals("at-once")) {
			throw new IllegalArgumentException("'apply' is later or at-once");
		}
		this.crm.applyContactChangesLater(when.equals("later"));
		return order.body();
	}

}
