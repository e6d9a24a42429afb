package pl.bramka.mocks;

import java.util.List;

import pl.bramka.mocks.control.Order;
import pl.bramka.mocks.control.Route;
import pl.bramka.mocks.identity.Identity;
import pl.bramka.mocks.identity.Mail;

/**
 * Portal accounts over the control server: who registered, what mails were sent, and the
 * click on the link in one.
 */
final class AccountRoutes {

	private final Identity provider;

	AccountRoutes(Identity provider) {
		this.provider = provider;
	}

	List<Route> routes() {
		return List.of(
				new Route("GET", "/accounts", "portal accounts that were registered since",
						(order) -> this.provider.registered()),
				new Route("GET", "/mails", "e-mails that the identity provider was asked to send",
						(order) -> this.provider.mails()),
				new Route("POST", "/mails/follow",
						"the link of the last e-mail to somebody: {\"email\":\"…\",\"password\":\"…\"}, the password"
								+ " if it asks for a new one",
						this::follow),
				new Route("POST", "/accounts/connect",
						"connect an account with a customer: {\"email\":\"…\",\"accountId\":\"…\"}", (order) -> {
							order.knowing("email", "accountId");
							this.provider.connect(order.requiredText("email"), order.text("accountId"));
							return null;
						}));
	}

	/** Whoever holds the link has read the mail, so it also confirms the address. */
	private Mail follow(Order order) {
		order.knowing("email", "password");
		String email = order.requiredText("email");
		Mail mail = this.provider.mails()
			.reversed()
			.stream()
			.filter((each) -> each.to().equalsIgnoreCase(email))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("no e-mail was sent to " + email));
		if (mail.actions().contains("UPDATE_PASSWORD")) {
			this.provider.changePassword(email, order.requiredText("password"));
		}
		this.provider.finishSetUp(email);
		return mail;
	}

}
