package pl.bramka.gateway;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a test the one gateway that all such tests share. The pretended upstreams are
 * whole again before each test; sessions stay, so a test signs in by itself.
 */
public final class RunningGateway implements ParameterResolver, BeforeEachCallback {

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == TestGateway.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return gateway(context);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		gateway(context).rest();
	}

	private static TestGateway gateway(ExtensionContext context) {
		return context.getRoot()
			.getStore(ExtensionContext.Namespace.GLOBAL)
			.computeIfAbsent(Holder.class, (type) -> new Holder(), Holder.class)
			.get();
	}

	/** Tries to start it once: when that fails, every test says why at once. */
	private static final class Holder implements AutoCloseable {

		private final CompletableFuture<TestGateway> gateway = CompletableFuture.supplyAsync(TestGateway::start,
				Runnable::run);

		TestGateway get() {
			return this.gateway.join();
		}

		@Override
		public void close() {
			if (!this.gateway.isCompletedExceptionally()) {
				this.gateway.join().close();
			}
		}

	}

}
