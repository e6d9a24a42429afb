package pl.bramka.gateway.operator;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.FormPost;
import pl.bramka.gateway.upstream.Forms;
import pl.bramka.gateway.upstream.NothingSent;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.stereotype.Component;

/**
 * Payments at the operator.
 */
@Component
public final class PaymentOperator {

	private static final Logger log = LoggerFactory.getLogger(PaymentOperator.class);

	private final OperatorProperties settings;

	private final OrderForm forms;

	private final Forms operator;

	PaymentOperator(OperatorProperties settings, Upstreams upstreams) {
		this.settings = settings;
		this.forms = new OrderForm(settings);
		this.operator = upstreams.operator();
		// Has the JDK read its settings for XML now, and not on an event loop later.
		Element.read("<settings/>".getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Starts a payment: sends the order, once.
	 * @param order what is to be paid
	 * @return what became of it; never an error
	 */
	public Mono<Start> start(Order order) {
		return Mono.fromCallable(() -> this.forms.start(order))
			.onErrorMap((thrown) -> new NotWritten(thrown))
			.flatMap((form) -> send(form, order))
			.onErrorResume((thrown) -> Mono.just(outcome(thrown)));
	}

	/**
	 * Asks what became of an order.
	 * @param orderId our number of it
	 * @param bearer who bears its fee
	 * @return all attempts to pay it; none if the operator does not know it.
	 * {@code operator-unavailable} if it cannot be asked or its answer cannot be believed
	 */
	public Mono<List<Attempt>> attempts(String orderId, FeeBearer bearer) {
		return Mono.fromCallable(() -> this.forms.question(orderId, bearer))
			.flatMap((form) -> this.operator.ask(form, (body) -> attempts(body, orderId, bearer)));
	}

	private Mono<Start> send(FormPost form, Order order) {
		SharedKey key = this.settings.of(order.bearer()).sharedKey();
		return this.operator.send(form,
				(body) -> StartAnswer.read(body, order.id(), key, this.settings::leadsToOperator));
	}

	private List<Attempt> attempts(byte[] body, String orderId, FeeBearer bearer) {
		OperatorProperties.Account account = this.settings.of(bearer);
		TransactionList answer = TransactionList.of(body);
		if (!answer.service().equals(account.service()) || !answer.isSignedWith(account.sharedKey())
				|| !answer.transactions().stream().allMatch((each) -> each.orderId().equals(orderId))) {
			throw new Element.Unreadable("no answer to this question");
		}
		return answer.transactions().stream().map((each) -> each.attempt(bearer)).toList();
	}

	/** Whatever is not certainly unsent may have been done. */
	private static Start outcome(Throwable thrown) {
		return switch (thrown) {
			case NothingSent nothing -> new Start.NotSent(nothing.why());
			case NotWritten nothing -> {
				log.error("an order that the operator would not understand was not sent", nothing.getCause());
				yield new Start.NotSent(Problem.of(ProblemCode.INTERNAL_ERROR, nothing));
			}
			case Problem problem -> new Start.Unknown(problem);
			default -> {
				log.error("what became of a payment that was started is not known", thrown);
				yield new Start.Unknown(Problem.of(ProblemCode.INTERNAL_ERROR, thrown));
			}
		};
	}

	/** There is no form to send. */
	private static final class NotWritten extends RuntimeException {

		private static final long serialVersionUID = 1L;

		NotWritten(Throwable cause) {
			super("not written", cause, false, false);
		}

	}

}
