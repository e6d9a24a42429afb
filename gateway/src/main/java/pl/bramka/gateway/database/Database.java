package pl.bramka.gateway.database;

import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Runs statements. A step runs and answers on the bounded elastic scheduler: the embedded
 * database works on the calling thread, and what follows often makes keys and signatures.
 * A rule that two requests could break together is one conditional statement, so that it
 * holds on any number of nodes.
 */
@Component
public final class Database {

	/**
	 * Never interrupts: whoever leaves would have the thread interrupted that works for
	 * them, and the embedded database closes its file for everybody when that happens.
	 */
	private static final Scheduler STEPS = Schedulers
		.fromExecutor((step) -> Schedulers.boundedElastic().schedule(step));

	private final DatabaseClient client;

	private final TransactionalOperator transactions;

	private final Duration limit;

	Database(DatabaseClient client, TransactionalOperator transactions, DatabaseProperties settings) {
		this.client = client;
		this.transactions = transactions;
		this.limit = settings.limit();
	}

	/**
	 * A statement, to be bound and then handed to {@link #step} or {@link #whole}.
	 * @param statement the same for PostgreSQL and H2
	 * @return the statement
	 */
	public GenericExecuteSpec sql(String statement) {
		return this.client.sql(statement);
	}

	/**
	 * Runs one statement, or several that need not hold together.
	 * @param work the statements
	 * @param <T> what they bring
	 * @return the same; {@code store-unavailable} if they fail or take too long
	 */
	public <T> Mono<T> step(Mono<T> work) {
		return work.subscribeOn(STEPS)
			.timeout(this.limit)
			.publishOn(Schedulers.boundedElastic())
			.onErrorMap((failure) -> !(failure instanceof Problem),
					(failure) -> Problem.of(ProblemCode.STORE_UNAVAILABLE, failure));
	}

	/**
	 * Runs statements of which all hold or none.
	 * @param work the statements; an error takes all of them back
	 * @param <T> what they bring
	 * @return the same; {@code store-unavailable} if they fail or take too long
	 */
	public <T> Mono<T> whole(Mono<T> work) {
		return step(work.as(this.transactions::transactional));
	}

}
