package pl.bramka.mocks.sap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of an error answer, JSON for those who accept it and XML for all others.
 */
final class FaultBody {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String NAMESPACE = "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata";

	private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmss.SSSSSSS",
			Locale.ROOT);

	private final String service;

	private final Clock clock;

	FaultBody(String service, Clock clock) {
		this.service = service;
		this.clock = clock;
	}

	byte[] json(SapFault fault) {
		ObjectNode document = JSON.createObjectNode();
		ObjectNode error = document.putObject("error").put("code", fault.code());
		error.putObject("message").put("lang", "pl").put("value", fault.text());
		ObjectNode inner = error.putObject("innererror");
		inner.putObject("application")
			.put("component_id", "IS-U")
			.put("service_namespace", "/SAP/")
			.put("service_id", this.service)
			.put("service_version", "0001");
		inner.put("transactionid", transaction(fault)).put("timestamp", timestamp());
		ArrayNode details = inner.putArray("errordetails");
		for (String target : targets(fault)) {
			details.addObject()
				.put("code", fault.code())
				.put("message", fault.text())
				.put("severity", "error")
				.put("target", target);
		}
		return JSON.writeValueAsBytes(document);
	}

	byte[] xml(SapFault fault) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
		try {
			XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
			xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
			xml.writeStartElement("error");
			xml.writeDefaultNamespace(NAMESPACE);
			element(xml, "code", fault.code());
			xml.writeStartElement("message");
			xml.writeAttribute("xml:lang", "pl");
			xml.writeCharacters(fault.text());
			xml.writeEndElement();
			xml.writeStartElement("innererror");
			element(xml, "transactionid", transaction(fault));
			element(xml, "timestamp", timestamp());
			xml.writeStartElement("errordetails");
			for (String target : targets(fault)) {
				xml.writeStartElement("errordetail");
				element(xml, "code", fault.code());
				element(xml, "message", fault.text());
				element(xml, "severity", "error");
				element(xml, "target", target);
				xml.writeEndElement();
			}
			xml.writeEndDocument();
			xml.close();
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException(ex);
		}
		return bytes.toByteArray();
	}

	private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
		xml.writeStartElement(name);
		xml.writeCharacters(text);
		xml.writeEndElement();
	}

	private static List<String> targets(SapFault fault) {
		return fault.targets().isEmpty() ? List.of("") : fault.targets();
	}

	private String transaction(SapFault fault) {
		return String.format(Locale.ROOT, "%08X%024X", fault.code().hashCode(), this.clock.millis());
	}

	private String timestamp() {
		return TIMESTAMP.format(LocalDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC));
	}

}
