package pl.bramka.mocks.phone;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code phone invoices}.
 */
@Command(name = "invoices", description = "Invoices, one page or all.")
final class InvoicesCommand implements Callable<Integer> {

	@ParentCommand
	private PhoneCommand phone = new PhoneCommand();

	@Option(names = "--state", description = "open or settled")
	private @Nullable String state;

	@Option(names = "--medium", description = "electricity or gas")
	private @Nullable String medium;

	@Option(names = "--contract")
	private @Nullable String contract;

	@Option(names = "--limit")
	private @Nullable Integer limit;

	@Option(names = "--cursor")
	private @Nullable String cursor;

	@Option(names = "--all", description = "every page")
	private boolean all;

	@Option(names = "--refresh", description = "as pull-to-refresh")
	private boolean refresh;

	@Override
	public Integer call() throws IOException {
		Map<String, @Nullable Object> query = new LinkedHashMap<>();
		query.put("state", upper(this.state));
		query.put("medium", upper(this.medium));
		query.put("contractId", this.contract);
		query.put("limit", this.limit);
		query.put("cursor", this.cursor);
		KeptPhone kept = this.phone.phone(this.phone.signedIn());
		while (true) {
			HttpResponse<byte[]> page = kept.send("GET", "/v1/invoices" + query(query), null,
					PhoneCommand.anew(this.refresh));
			int result = this.phone.screen().show(page, null);
			String next = this.all && result == 0 ? next(page.body()) : "";
			if (next.isEmpty() || next.equals(query.get("cursor"))) {
				return result;
			}
			query.put("cursor", next);
		}
	}

	@Command(name = "show", description = "One document.")
	int show(@Parameters(paramLabel = "ID") String id) throws IOException {
		return this.phone.get(PayingPhone.invoicePath(id));
	}

	@Command(name = "pdf", description = "Writes the PDF of a document to a file.")
	int pdf(@Parameters(index = "0", paramLabel = "ID") String id, @Parameters(index = "1", arity = "0..1",
			paramLabel = "FILE", description = "default: ID.pdf") @Nullable Path file) throws IOException {
		Path target = (file != null) ? file : Path.of(id + ".pdf");
		HttpResponse<byte[]> answer = this.phone.phone(this.phone.signedIn())
			.download(PayingPhone.invoicePath(id) + "/pdf", target);
		int result = this.phone.screen().show(answer, null);
		if (result == 0) {
			this.phone.screen().say(Files.size(target) + " bytes, written to " + target);
		}
		return result;
	}

	private static @Nullable String upper(@Nullable String value) {
		return (value != null) ? value.toUpperCase(Locale.ROOT) : null;
	}

	private static String next(byte[] page) {
		JsonNode cursor = JsonMapper.shared().readTree(page).findValue("nextCursor");
		return (cursor != null && cursor.isString()) ? cursor.asString() : "";
	}

	private static String query(Map<String, @Nullable Object> parameters) {
		String query = parameters.entrySet()
			.stream()
			.filter((parameter) -> parameter.getValue() != null)
			.map((parameter) -> parameter.getKey() + "="
					+ URLEncoder.encode(String.valueOf(parameter.getValue()), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return query.isEmpty() ? "" : "?" + query;
	}

}
