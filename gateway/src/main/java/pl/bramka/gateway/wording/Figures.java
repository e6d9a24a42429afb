package pl.bramka.gateway.wording;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Locale;

import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Language;

/**
 * Amounts and days as people write them, by the platform's locale data. Spaces within an
 * amount are no-break spaces (U+00A0), so that none is torn apart at the end of a line.
 */
final class Figures {

	private static final int DECIMALS = 2;

	private static final Locale POLISH = Locale.forLanguageTag("pl-PL");

	/** Written as in Europe: the day before the month. */
	private static final Locale ENGLISH = Locale.forLanguageTag("en-GB");

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG);

	private static final DateTimeFormatter POLISH_DAY = DAY.withLocale(POLISH);

	private static final DateTimeFormatter ENGLISH_DAY = DAY.withLocale(ENGLISH);

	private Figures() {
	}

	static Locale locale(Language language) {
		return switch (language) {
			case POLISH -> POLISH;
			case ENGLISH -> ENGLISH;
		};
	}

	/** {@code 1 234,50 zł}, {@code PLN 1,234.50}. */
	static String amount(Money money, Language language) {
		DecimalFormat format = (DecimalFormat) NumberFormat.getCurrencyInstance(locale(language));
		format.setCurrency(Currency.getInstance(money.currency()));
		String symbol = format.getDecimalFormatSymbols().getCurrencySymbol();
		if (Character.isLetter(symbol.charAt(symbol.length() - 1))) {
			// CLDR wants a space between letters and digits ("currencySpacing");
			// java.text makes none.
			format.applyPattern(format.toPattern().replace("¤#", "¤\u00a0#"));
		}
		format.setMinimumFractionDigits(DECIMALS);
		format.setMaximumFractionDigits(DECIMALS);
		return format.format(BigDecimal.valueOf(money.amount(), DECIMALS));
	}

	/** {@code 5 grudnia 2026}, {@code 5 December 2026}. */
	static String day(LocalDate day, Language language) {
		return switch (language) {
			case POLISH -> POLISH_DAY.format(day);
			case ENGLISH -> ENGLISH_DAY.format(day);
		};
	}

}
