package pl.bramka.mocks.billing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import pl.bramka.mocks.sap.Row;

/**
 * The smallest document that a PDF reader accepts: one page with the lines of an invoice.
 * The standard fonts have no Polish letters, so the text goes without its accents.
 */
final class InvoicePdf {

	private static final byte[] HEADER = ascii("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);

	private final List<Integer> offsets = new ArrayList<>();

	private InvoicePdf() {
		this.bytes.writeBytes(HEADER);
	}

	static byte[] of(Row invoice) {
		InvoicePdf pdf = new InvoicePdf();
		String page = page(List.of(invoice.text("InvoiceDescription"), "Dokument " + invoice.text("InvoiceID"),
				"Numer platnika " + invoice.text("ContractAccountID"), "Data " + invoice.date("InvoiceDate"),
				"Termin platnosci " + invoice.date("DueDate"),
				"Do zaplaty " + invoice.decimal("AmountDue").toPlainString() + " " + invoice.text("Currency"),
				invoice.text("InvoiceText")));
		pdf.object("<< /Type /Catalog /Pages 2 0 R >>");
		pdf.object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
		pdf.object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
				+ "/Resources << /Font << /F1 5 0 R >> >> >>");
		pdf.object("<< /Length " + page.length() + " >>\nstream\n" + page + "\nendstream");
		pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
		return pdf.finished();
	}

	static boolean isOne(byte @Nullable [] bytes) {
		return bytes != null && bytes.length > HEADER.length
				&& Arrays.equals(bytes, 0, HEADER.length, HEADER, 0, HEADER.length);
	}

	/** The same document with a long comment in it, and its end once more after that. */
	static byte[] padded(byte[] pdf, int size) {
		String text = new String(pdf, StandardCharsets.ISO_8859_1);
		byte[] end = ascii("\n" + text.substring(text.lastIndexOf("startxref")));
		byte[] padded = Arrays.copyOf(pdf, size);
		Arrays.fill(padded, pdf.length, size - end.length, (byte) '%');
		System.arraycopy(end, 0, padded, size - end.length, end.length);
		return padded;
	}

	private void object(String content) {
		this.offsets.add(this.bytes.size());
		this.bytes.writeBytes(ascii(this.offsets.size() + " 0 obj\n" + content + "\nendobj\n"));
	}

	private byte[] finished() {
		int start = this.bytes.size();
		int size = this.offsets.size() + 1;
		StringBuilder end = new StringBuilder("xref\n0 " + size + "\n0000000000 65535 f \n");
		for (int offset : this.offsets) {
			end.append(String.format(Locale.ROOT, "%010d 00000 n \n", offset));
		}
		end.append("trailer\n<< /Size " + size + " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n");
		this.bytes.writeBytes(ascii(end.toString()));
		return this.bytes.toByteArray();
	}

	private static String page(List<String> lines) {
		StringBuilder page = new StringBuilder("BT /F1 12 Tf 72 770 Td 20 TL");
		for (String line : lines) {
			page.append(" (").append(plain(line)).append(") Tj T*");
		}
		return page.append(" ET").toString();
	}

	private static String plain(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFD)
			.replace('ł', 'l')
			.replace('Ł', 'L')
			.replaceAll("[^ -~]", "")
			.replaceAll("([()\\\\])", "\\\\$1");
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
