package pl.bramka.gateway.upstream;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * What a file must be. An expired logon and a web firewall both answer 200 with a page
 * for people, and some call it what was asked for: so its first bytes are looked at too.
 */
public enum FileKind {

	/** A document to read and print. */
	PDF(MediaType.APPLICATION_PDF_VALUE, "%PDF-");

	private final String type;

	/** ASCII. */
	private final String beginning;

	FileKind(String type, String beginning) {
		this.type = type;
		this.beginning = beginning;
	}

	String type() {
		return this.type;
	}

	/** Whether an answer calls itself one, as it is and not packed. */
	boolean isOf(HttpHeaders headers) {
		try {
			MediaType said = headers.getContentType();
			return said != null && said.equalsTypeAndSubtype(MediaType.parseMediaType(this.type))
					&& !headers.containsHeader(HttpHeaders.CONTENT_ENCODING);
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	/** How many bytes have to be there to tell. */
	int telling() {
		return this.beginning.length();
	}

	/** Whether bytes, as many as it takes to tell, begin one. */
	boolean begins(DataBuffer bytes) {
		for (int i = 0; i < this.beginning.length(); i++) {
			if (bytes.getByte(bytes.readPosition() + i) != this.beginning.charAt(i)) {
				return false;
			}
		}
		return true;
	}

}
