package pl.bramka.gateway.messages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.upstream.OData;
import pl.bramka.gateway.upstream.ODataQuery;
import pl.bramka.gateway.upstream.ODataWrite;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Records of contacts with customers at CRM. Each POST makes one.
 */
@Component
final class CrmInteractions {

	/** The app, among the ways to reach the utility. */
	private static final String CHANNEL = "MOB";

	/** CRM's clock may be this far behind ours. */
	private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss")
		.withZone(ZoneOffset.UTC);

	private final OData crm;

	private final MessageProperties settings;

	CrmInteractions(Upstreams upstreams, MessageProperties settings) {
		this.crm = upstreams.crm();
		this.settings = settings;
	}

	/** Makes a record; its number. */
	Mono<String> record(String customerId, Message message, String reference) {
		ODataWrite write = new ODataWrite("message", HttpMethod.POST, "InteractionRecords", List.of(),
				Map.of("AccountID", customerId, "Description", message.topic() + " " + mark(reference),
						"InteractionRecordReasonID", this.settings.reason(message.topic()), "ChannelID", CHANNEL,
						"Note", message.note(), "IncomingFlag", true));
		return this.crm.write(write, Wire.class, (wire) -> wire.number(customerId));
	}

	/** The number of the record with that reference; empty if there is none. */
	Mono<String> find(String customerId, String reference, Instant sentAt) {
		ODataQuery query = ODataQuery.of("messages",
				"Accounts('{}')/InteractionRecords?$filter=CreatedAt ge datetime'{}'", customerId,
				TIME.format(sentAt.minus(CLOCKS_DIFFER)));
		return this.crm
			.many(query, Wire.class,
					(wire) -> Optional.of(wire.number(customerId)).filter((number) -> wire.has(mark(reference))))
			.flatMap((numbers) -> Mono.justOrEmpty(numbers.stream().flatMap(Optional::stream).findFirst()));
	}

	/** At the end of the description, which takes 40 characters with the topic. */
	private static String mark(String reference) {
		return "[" + reference + "]";
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Wire(@JsonProperty("InteractionRecordID") @Nullable String number,
			@JsonProperty("AccountID") @Nullable String accountId,
			@JsonProperty("Description") @Nullable String description) {

		/** A record of somebody else is garbled, whatever made CRM give it. */
		String number(String customerId) {
			if (!customerId.equals(this.accountId)) {
				throw new IllegalArgumentException("a record of another customer");
			}
			return Objects.requireNonNull(this.number);
		}

		boolean has(String mark) {
			return this.description != null && this.description.endsWith(mark);
		}

	}

}
