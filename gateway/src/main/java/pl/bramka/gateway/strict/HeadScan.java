package pl.bramka.gateway.strict;

import io.netty.util.ByteProcessor;

/**
 * Reads the bytes of one request's head and stops at its end, or at the first byte that
 * RFC 9112 does not allow there although Netty's decoder takes it: a line that is folded
 * (section 5.2), white space other than one space in the request line (section 3), a bare
 * CR or LF (section 2.2), a control byte anywhere.
 */
final class HeadScan implements ByteProcessor {

	/** Some old clients send one after the body of the request before (section 2.2). */
	private static final int EMPTY_LINES_BEFORE = 1;

	private static final int DELETE = 0x7f;

	private int emptyLines;

	private int line;

	private int column;

	private int spaces;

	private boolean afterReturn;

	private boolean broken;

	private boolean done;

	@Override
	public boolean process(byte value) {
		switch (value) {
			case '\r' -> {
				this.broken = this.afterReturn;
				this.afterReturn = true;
			}
			case '\n' -> endLine();
			default -> other(value);
		}
		return !this.broken && !this.done;
	}

	/** Whether anything but an empty line has come. */
	boolean isBegun() {
		return this.line > 0 || this.column > 0;
	}

	/** Whether the head is whole. */
	boolean isDone() {
		return this.done;
	}

	/** Whether this is no request. */
	boolean isBroken() {
		return this.broken;
	}

	private void endLine() {
		if (!this.afterReturn) {
			this.broken = true;
		}
		else if (this.column > 0) {
			this.broken = this.line == 0 && this.spaces != 2;
			this.line++;
		}
		else if (this.line > 0) {
			this.done = true;
		}
		else {
			this.emptyLines++;
			this.broken = this.emptyLines > EMPTY_LINES_BEFORE;
		}
		this.afterReturn = false;
		this.column = 0;
	}

	private void other(byte value) {
		boolean first = this.column == 0;
		boolean control = (value >= 0 && value < ' ') || value == DELETE;
		this.broken = this.afterReturn || switch (value) {
			case ' ' -> first;
			case '\t' -> first || this.line == 0;
			default -> control || (value < 0 && this.line == 0);
		};
		if (value == ' ' && this.line == 0) {
			this.spaces++;
		}
		this.column++;
	}

}
