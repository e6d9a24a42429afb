package pl.bramka.gateway.contracts;

import java.time.LocalDate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A contract that the customer may see.
 *
 * @param id the contract number, with its leading zeros
 * @param kind sales or comprehensive
 * @param medium electricity or gas
 * @param description what it is called
 * @param product the name of the product that was sold
 * @param tariff the tariff group, for instance G12; absent if CRM names none
 * @param priceGuaranteeUntil the last day of the price guarantee; absent without one
 * @param telerachunek whether the customer reads the meter and is billed for it
 * @param contractAccountId the payer number: what is billed and paid together
 * @param invoicesAvailable whether the app shows the documents of that payer number
 * @param validFrom the first day
 * @param validTo the last day; absent while it is open-ended
 * @param eInvoice whether the documents of that payer number come as e-invoices; only
 * where one contract is shown, and absent if billing cannot say at the moment
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Contract(@Schema(example = "0030009001") String id, ContractKind kind, Medium medium,
		@Schema(example = "Umowa kompleksowa") String description, @Schema(example = "Prąd z gwarancją") String product,
		@Schema(example = "G12") @Nullable String tariff, @Nullable LocalDate priceGuaranteeUntil, boolean telerachunek,
		@Schema(example = "000200009001") String contractAccountId, boolean invoicesAvailable, LocalDate validFrom,
		@Nullable LocalDate validTo, @JsonProperty("eInvoice") @Nullable Boolean eInvoice) {

	Contract withoutInvoices() {
		return new Contract(this.id, this.kind, this.medium, this.description, this.product, this.tariff,
				this.priceGuaranteeUntil, this.telerachunek, this.contractAccountId, false, this.validFrom,
				this.validTo, this.eInvoice);
	}

	Contract withEInvoice(@Nullable Boolean enabled) {
		return new Contract(this.id, this.kind, this.medium, this.description, this.product, this.tariff,
				this.priceGuaranteeUntil, this.telerachunek, this.contractAccountId, this.invoicesAvailable,
				this.validFrom, this.validTo, enabled);
	}

}
