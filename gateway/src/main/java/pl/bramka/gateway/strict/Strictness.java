package pl.bramka.gateway.strict;

import java.util.function.BooleanSupplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Puts the guards around the decoder of a connection.
 */
@Component
public final class Strictness {

	private final StrictProperties settings;

	private final Bodies bodies;

	private final Refusals refusals;

	private final ObjectProvider<Admission> admission;

	/**
	 * Load is measured at the server's own event loops, so it is there later than this.
	 */
	Strictness(StrictProperties settings, Bodies bodies, Refusals refusals, ObjectProvider<Admission> admission) {
		this.admission = admission;
		this.settings = settings;
		this.bodies = bodies;
		this.refusals = refusals;
	}

	/**
	 * Guards a connection that has just been made.
	 * @param channel the connection
	 * @param full whether it is one too many, and only told so
	 * @param leaving whether every answer is the last of its connection
	 */
	public void guard(Channel channel, boolean full, BooleanSupplier leaving) {
		HeadGuard heads = new HeadGuard(this.settings.time(), full);
		channel.pipeline()
			.addBefore(NettyPipeline.HttpCodec, "bramka.heads", heads)
			.addBefore(NettyPipeline.HttpTrafficHandler, "bramka.requests", new RequestGuard(heads, this.settings,
					this.bodies, this.refusals, this.admission.getObject(), leaving));
	}

	/**
	 * Closes a connection if no request is under way on it.
	 * @param channel a guarded connection
	 */
	public static void closeIfIdle(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		channel.eventLoop().execute(() -> {
			@Nullable ChannelHandlerContext context = pipeline.context(RequestGuard.class);
			if (context != null) {
				((RequestGuard) context.handler()).closeIfIdle(context);
			}
		});
	}

}
