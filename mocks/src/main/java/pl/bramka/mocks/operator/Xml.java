package pl.bramka.mocks.operator;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * A small XML document that remembers its leaf values, because its last leaf is the hash
 * of all others in document order.
 */
final class Xml {

	private final StringWriter text = new StringWriter();

	private final List<String> leaves = new ArrayList<>();

	private final XMLStreamWriter writer;

	Xml() {
		this.writer = written(() -> XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(this.text));
		run(() -> this.writer.writeStartDocument("UTF-8", "1.0"));
	}

	Xml open(String element) {
		run(() -> this.writer.writeStartElement(element));
		return this;
	}

	Xml close() {
		run(this.writer::writeEndElement);
		return this;
	}

	/**
	 * Writes one leaf.
	 * @param element its name
	 * @param value nothing is written for an empty one
	 */
	Xml leaf(String element, String value) {
		if (!value.isEmpty()) {
			this.leaves.add(value);
			run(() -> {
				this.writer.writeStartElement(element);
				this.writer.writeCharacters(value);
				this.writer.writeEndElement();
			});
		}
		return this;
	}

	Xml hash(boolean right) {
		String hash = Hash.of(this.leaves);
		return leaf("hash", right ? hash : new StringBuilder(hash).reverse().toString());
	}

	String end() {
		run(() -> {
			this.writer.writeEndDocument();
			this.writer.close();
		});
		return this.text.toString();
	}

	/**
	 * Reads a document.
	 * @param text of the document; one with a DTD is none
	 * @return its root, or empty if it is no XML
	 */
	static Optional<Element> read(String text) {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			factory.setExpandEntityReferences(false);
			var builder = factory.newDocumentBuilder();
			// The JDK's handler prints to standard error.
			builder.setErrorHandler(null);
			Document document = builder.parse(new InputSource(new StringReader(text)));
			return Optional.of(document.getDocumentElement());
		}
		catch (Exception ex) {
			return Optional.empty();
		}
	}

	/**
	 * The text of the first element of that name.
	 * @param root where to look
	 * @param element its name
	 * @return empty text if there is none
	 */
	static String first(Element root, String element) {
		Node node = root.getElementsByTagName(element).item(0);
		return (node != null) ? node.getTextContent() : "";
	}

	/**
	 * Whether the last leaf is the hash of all others.
	 * @param root of a document
	 */
	static boolean isHashed(Element root) {
		List<String> values = new ArrayList<>();
		collect(root, values);
		return Hash.of(values).equals(first(root, "hash"));
	}

	private static void collect(Element element, List<String> values) {
		boolean leaf = true;
		for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
			if (child instanceof Element inner) {
				leaf = false;
				collect(inner, values);
			}
		}
		if (leaf && !element.getTagName().equals("hash")) {
			values.add(element.getTextContent());
		}
	}

	private static void run(Step step) {
		written(() -> {
			step.run();
			return true;
		});
	}

	private static <T> T written(Source<T> source) {
		try {
			return source.get();
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface Step {

		void run() throws XMLStreamException;

	}

	private interface Source<T> {

		T get() throws XMLStreamException;

	}

}
