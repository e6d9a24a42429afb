package pl.bramka.gateway.strict;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/**
 * Stands behind the decoder, before everything else: lets one request at a time through,
 * whole, or refuses it and closes the connection. What comes behind a request before its
 * answer is never read as another one, and a request without a length of its own is the
 * last of its connection: so nothing that is hidden in a body is ever taken for a
 * request.
 */
@SuppressWarnings("FutureReturnValueIgnored") // How it went is told to the promise.
final class RequestGuard extends ChannelDuplexHandler {

	/** How long a refused caller may go on sending before it is cut. */
	private static final long LINGER_SECONDS = 2;

	private final HeadGuard heads;

	private final StrictProperties settings;

	private final ArrivingBody body;

	private final Refusals refusals;

	private final Admission admission;

	private final BooleanSupplier leaving;

	private Stage stage = Stage.OPEN;

	private boolean last;

	private long start;

	private @Nullable HttpRequest request;

	RequestGuard(HeadGuard heads, StrictProperties settings, Bodies bodies, Refusals refusals, Admission admission,
			BooleanSupplier leaving) {
		this.heads = heads;
		this.settings = settings;
		this.body = new ArrivingBody(bodies);
		this.refusals = refusals;
		this.admission = admission;
		this.leaving = leaving;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.stage == Stage.OPEN && message instanceof HttpRequest head) {
			arrives(context, head);
		}
		else if (this.stage == Stage.ARRIVING && message instanceof HttpContent content) {
			add(context, content);
		}
		else {
			ReferenceCountUtil.release(message);
		}
	}

	/** Nobody behind asks for more before a request is whole. */
	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.stage == Stage.ARRIVING || this.stage == Stage.CLOSED) {
			context.read();
		}
		context.fireChannelReadComplete();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (!(event instanceof Fault fault)) {
			context.fireUserEventTriggered(event);
		}
		else if (this.stage == Stage.OPEN || this.stage == Stage.ARRIVING) {
			switch (fault) {
				case MALFORMED -> refuse(context, ProblemCode.MALFORMED_REQUEST);
				case LATE -> refuse(context, ProblemCode.REQUEST_TIMEOUT);
				case FULL -> context.writeAndFlush(this.refusals.answer(ProblemCode.OVERLOADED, null, 0))
					.addListener(ChannelFutureListener.CLOSE);
				case SILENT -> {
					this.refusals.silent();
					context.close();
				}
				case UNASKED -> {
				}
			}
		}
		else {
			this.last = true;
		}
	}

	/** Closes a connection that has no request under way. */
	void closeIfIdle(ChannelHandlerContext context) {
		if (this.stage == Stage.OPEN && !this.heads.isBegun()) {
			context.close();
		}
	}

	private void arrives(ChannelHandlerContext context, HttpRequest head) {
		this.start = System.nanoTime();
		this.request = head;
		this.stage = Stage.ARRIVING;
		@Nullable ProblemCode problem = RequestRules.problem(head);
		if (problem == null && HttpUtil.getContentLength(head, 0L) > largestBody(head)) {
			problem = ProblemCode.PAYLOAD_TOO_LARGE;
		}
		if (problem != null) {
			ReferenceCountUtil.release(head);
			refuse(context, problem);
		}
		else if (HttpUtil.is100ContinueExpected(head)) {
			head.headers().remove(HttpHeaderNames.EXPECT);
			context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE),
					context.voidPromise());
		}
	}

	private long largestBody(HttpRequest head) {
		return this.settings.largestBody(RequestTarget.path(head.uri()));
	}

	private void add(ChannelHandlerContext context, HttpContent content) {
		HttpRequest head = Objects.requireNonNull(this.request);
		try {
			if (content.decoderResult().isFailure()) {
				refuse(context, ProblemCode.MALFORMED_REQUEST);
			}
			else if (this.body.size() + content.content().readableBytes() > largestBody(head)) {
				refuse(context, ProblemCode.PAYLOAD_TOO_LARGE);
			}
			else if (!this.body.add(content.content(), context.alloc())) {
				refuse(context, ProblemCode.OVERLOADED);
			}
			else if (content instanceof LastHttpContent) {
				handOver(context, head);
			}
		}
		finally {
			content.release();
		}
	}

	private void handOver(ChannelHandlerContext context, HttpRequest head) {
		this.heads.close();
		this.last = HttpUtil.isTransferEncodingChunked(head) || this.heads.beyondHead() > this.body.size();
		this.stage = Stage.ANSWERING;
		this.admission.ask(context.executor(), HttpMethod.valueOf(head.method().name()),
				PathContainer.parsePath(RequestTarget.path(head.uri())), head.headers()::get, new Admission.Asking() {

					@Override
					public void begin() {
						RequestGuard.this.begin(context, head);
					}

					@Override
					public void letGo(Duration later) {
						RequestGuard.this.letGo(context, head, later);
					}

				});
	}

	/** Its caller may have left while it waited. */
	private void begin(ChannelHandlerContext context, HttpRequest head) {
		this.request = null;
		if (this.stage != Stage.ANSWERING) {
			ReferenceCountUtil.release(head);
			return;
		}
		LastHttpContent whole = this.body.whole();
		context.fireChannelRead(head);
		context.fireChannelRead(whole);
	}

	/** The connection stays: to make a new one would cost more than to answer. */
	private void letGo(ChannelHandlerContext context, HttpRequest head, Duration later) {
		ReferenceCountUtil.release(head);
		this.request = null;
		if (this.stage == Stage.ANSWERING) {
			FullHttpResponse answer = this.refusals.letGo(head, later, System.nanoTime() - this.start);
			this.last = this.last || this.leaving.getAsBoolean() || !HttpUtil.isKeepAlive(head);
			HttpUtil.setKeepAlive(answer, !this.last);
			answered(context, answer, context.newPromise());
			context.flush();
			// Nobody behind knows of it and asks for the next one.
			context.read();
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (this.stage != Stage.ANSWERING) {
			ReferenceCountUtil.release(message);
			promise.tryFailure(new ClosedChannelException());
			return;
		}
		if (message instanceof HttpResponse response) {
			if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
				context.write(message, promise);
				return;
			}
			this.last = this.last || this.leaving.getAsBoolean();
			if (this.last) {
				HttpUtil.setKeepAlive(response, false);
			}
		}
		if (message instanceof LastHttpContent) {
			answered(context, message, promise);
		}
		else {
			context.write(message, promise);
		}
	}

	private void answered(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		this.body.forget();
		if (this.last) {
			this.stage = Stage.CLOSED;
			context.write(message, promise.unvoid()).addListener((written) -> linger(context));
		}
		else {
			this.stage = Stage.OPEN;
			this.heads.open();
			context.write(message, promise);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.stage = Stage.CLOSED;
		this.body.forget();
		context.fireChannelInactive();
	}

	private void refuse(ChannelHandlerContext context, ProblemCode code) {
		this.stage = Stage.CLOSED;
		this.heads.close();
		this.body.forget();
		if (context.channel().isActive()) {
			long nanos = (this.request != null) ? System.nanoTime() - this.start : 0;
			context.writeAndFlush(this.refusals.answer(code, this.request, nanos))
				.addListener((written) -> linger(context));
		}
	}

	/**
	 * Ends our side and takes what still comes, for a while: closed at once, the system
	 * would answer it with a reset, and the caller would lose the answer it has not read.
	 */
	private void linger(ChannelHandlerContext context) {
		if (context.channel() instanceof DuplexChannel channel && channel.isActive()) {
			channel.shutdownOutput();
			context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
			context.read();
		}
		else {
			context.close();
		}
	}

}
