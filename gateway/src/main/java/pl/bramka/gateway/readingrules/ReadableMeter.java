package pl.bramka.gateway.readingrules;

import java.time.LocalDate;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.meters.Zone;

/**
 * A meter that the customer may read today.
 *
 * @param meterId its number, with its leading zeros
 * @param contractId the contract it measures for
 * @param serialNumber the number on its plate; empty if nobody knows it
 * @param kind what a reading is for
 * @param closesOn the last day on which it is taken; absent of a control reading
 * @param zones what is to be typed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReadableMeter(@Schema(example = "000000000010009001") String meterId,
		@Schema(example = "0030009001") String contractId, @Schema(example = "90100901") String serialNumber,
		ReadingKind kind, @Nullable LocalDate closesOn, List<Zone> zones) {

	static ReadableMeter of(ReadingOptions options, ReadingKind kind) {
		return new ReadableMeter(options.meterId(), options.contractId(), options.serialNumber(), kind,
				options.closesOn(), options.registers().stream().map(ReadingOptions.RegisterOptions::zone).toList());
	}

}
