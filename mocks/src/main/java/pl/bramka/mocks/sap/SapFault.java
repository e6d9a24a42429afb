package pl.bramka.mocks.sap;

import java.util.List;

/**
 * An error that the system answers in its own form.
 */
public final class SapFault extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final String code;

	private final transient List<String> targets;

	private SapFault(int status, String code, String message, List<String> targets) {
		super(message, null, false, false);
		this.status = status;
		this.code = code;
		this.targets = List.copyOf(targets);
	}

	/**
	 * A fault of the business, status 400.
	 * @param code message class and number, such as {@code EL/424}
	 * @param message what a person may read
	 * @param targets the properties at fault, one detail each
	 */
	public static SapFault business(String code, String message, String... targets) {
		return new SapFault(400, code, message, List.of(targets));
	}

	/** The entity is not there. */
	public static SapFault absent(String type) {
		return new SapFault(404, "/IWBEP/CM_MGW_RT/020", "Resource not found for segment '" + type + "'", List.of());
	}

	/** The request cannot be read. */
	public static SapFault malformed(String message) {
		return new SapFault(400, "005056A509B11EE1B9A8FEC11C21578E", message, List.of());
	}

	static SapFault unknownProperty(String property) {
		return new SapFault(400, "005056A509B11EE1B9A8FEC11C21D78E", "Property " + property + " not found", List.of());
	}

	static SapFault unknownSegment(String segment) {
		return new SapFault(404, "005056A509B11EE1B9A8FEC11C21D78E",
				"Resource not found for the segment '" + segment + "'", List.of());
	}

	static SapFault unknownService(String path) {
		return new SapFault(403, "/IWFND/MED/170", "No service found for path '" + path + "'", List.of());
	}

	static SapFault notAllowed(String method) {
		return new SapFault(405, "/IWFND/CM_MGW/096", "Method " + method + " not allowed for this resource", List.of());
	}

	static SapFault unsupportedMedia() {
		return new SapFault(415, "/IWFND/CM_MGW/415", "Only application/json is understood here", List.of());
	}

	/** The HTTP status. */
	public int status() {
		return this.status;
	}

	/** The code. */
	public String code() {
		return this.code;
	}

	List<String> targets() {
		return this.targets;
	}

	String text() {
		return String.valueOf(getMessage());
	}

}
