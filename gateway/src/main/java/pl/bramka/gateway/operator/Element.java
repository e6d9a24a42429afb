package pl.bramka.gateway.operator;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of what the operator says: either it holds others, or text. Nothing else is
 * read: what the operator signs are the texts, so a document with anything that is not
 * signed (an attribute, a comment, text between elements, a DTD) is refused, and so is
 * one whose texts could be cut in another way under the same signature.
 *
 * @param name of the element
 * @param inner the elements in it, in their order; none if it is a leaf
 * @param text of a leaf, as it was signed; empty otherwise
 */
record Element(String name, List<Element> inner, String text) {

	/** Three are used; an operator that adds groups of fields may use some more. */
	private static final int DEEPEST = 8;

	/** A hundred transactions with a hundred fields each. */
	private static final int MOST = 10_000;

	/** Longer ones hold nothing that we know. */
	private static final int LONGEST = 4_000;

	/** The only form of a declaration: it is not signed, so nothing may be said in it. */
	private static final Pattern DECLARATION = Pattern
		.compile("<\\?xml version=([\"'])1\\.0\\1 encoding=([\"'])UTF-8\\2 ?\\?>");

	private static final XMLInputFactory READERS = readers();

	/**
	 * Reads a document.
	 * @param document the bytes of the whole document, which must be UTF-8
	 * @return its root
	 * @throws Unreadable if it is no such document
	 */
	static Element read(byte[] document) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
			XMLStreamReader reader = READERS.createXMLStreamReader(new StringReader(undeclared(text)));
			try {
				return root(reader);
			}
			finally {
				reader.close();
			}
		}
		// The reader of the JDK throws others, too, at some broken documents.
		catch (XMLStreamException | CharacterCodingException | RuntimeException ex) {
			throw (ex instanceof Unreadable unreadable) ? unreadable : new Unreadable("no XML that we read");
		}
	}

	/**
	 * The text of the only leaf of that name directly in this one; empty if there is
	 * none.
	 */
	Optional<String> text(String leaf) {
		List<Element> found = this.inner.stream().filter((each) -> each.name.equals(leaf)).toList();
		if (found.size() > 1 || found.stream().anyMatch((each) -> !each.inner.isEmpty())) {
			throw new Unreadable("two of one kind");
		}
		return found.stream().map(Element::text).filter((text) -> !text.isEmpty()).findFirst();
	}

	/** The text that must be there. */
	String required(String leaf) {
		return text(leaf).orElseThrow(() -> new Unreadable("a field is missing"));
	}

	/**
	 * What the hash in the document is the one of: the texts of all leaves but its own.
	 * @throws Unreadable if the hash is not the last leaf of the root
	 */
	List<String> signed() {
		if (this.inner.isEmpty() || !this.inner.getLast().name.equals("hash")) {
			throw new Unreadable("no hash at the end");
		}
		List<String> texts = new ArrayList<>();
		this.inner.subList(0, this.inner.size() - 1).forEach((each) -> each.collect(texts));
		return texts;
	}

	/** Whether the hash at the end is the one that the key makes. */
	boolean isSignedWith(SharedKey key) {
		return key.signed(signed(), required("hash"));
	}

	private void collect(List<String> texts) {
		if (this.inner.isEmpty()) {
			texts.add(this.text);
		}
		this.inner.forEach((each) -> each.collect(texts));
	}

	/**
	 * The text without its declaration. Whatever else a document may declare begins in
	 * two ways, and neither gets as far as the reader.
	 */
	private static String undeclared(String text) {
		Matcher declaration = DECLARATION.matcher(text);
		String rest = declaration.lookingAt() ? text.substring(declaration.end()) : text;
		if (rest.contains("<!") || rest.contains("<?")) {
			throw new Unreadable("something that is not signed");
		}
		return rest;
	}

	private static Element root(XMLStreamReader reader) throws XMLStreamException {
		if (reader.next() != XMLStreamReader.START_ELEMENT) {
			throw new Unreadable("something before the document");
		}
		Element root = element(reader, 1, new int[] { MOST });
		while (reader.hasNext()) {
			if (reader.next() != XMLStreamReader.END_DOCUMENT && !reader.isWhiteSpace()) {
				throw new Unreadable("something behind the document");
			}
		}
		return root;
	}

	private static Element element(XMLStreamReader reader, int depth, int[] left) throws XMLStreamException {
		if (depth > DEEPEST || left[0]-- == 0) {
			throw new Unreadable("too much");
		}
		if (reader.getAttributeCount() > 0) {
			throw new Unreadable("something that is not signed");
		}
		String name = reader.getLocalName();
		List<Element> inner = new ArrayList<>();
		StringBuilder text = new StringBuilder();
		while (reader.next() != XMLStreamReader.END_ELEMENT) {
			switch (reader.getEventType()) {
				case XMLStreamReader.START_ELEMENT -> inner.add(element(reader, depth + 1, left));
				case XMLStreamReader.CHARACTERS, XMLStreamReader.SPACE -> text.append(reader.getText());
				default -> throw new Unreadable("something that is not signed");
			}
		}
		return of(name, inner, text.toString());
	}

	private static Element of(String name, List<Element> inner, String text) {
		if (!inner.isEmpty()) {
			if (!text.isBlank()) {
				throw new Unreadable("text that is not signed");
			}
			return new Element(name, inner, "");
		}
		if (text.length() > LONGEST || text.contains(SharedKey.SEPARATOR)) {
			throw new Unreadable("a text that could be cut in two");
		}
		return new Element(name, inner, text);
	}

	private static XMLInputFactory readers() {
		// The one of the JDK, whatever else is on the class path.
		XMLInputFactory readers = XMLInputFactory.newDefaultFactory();
		readers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		readers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		readers.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
		readers.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
		readers.setXMLResolver((publicId, systemId, base, namespace) -> {
			throw new XMLStreamException("nothing is fetched");
		});
		return readers;
	}

	/**
	 * It is not what the operator writes. Says nothing of what was in it.
	 */
	static final class Unreadable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Unreadable(String why) {
			super(why, null, false, false);
		}

	}

}
