package pl.bramka.gateway.compatibility;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.maintenance.PlannedTime;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which apps are served: {@code bramka.app-compatibility}.
 *
 * @param android rules for Android
 * @param ios rules for iOS
 * @param contact whom a customer may turn to, signed in or not
 */
@Validated
record AppSettings(@NotNull @Valid Rules android, @NotNull @Valid Rules ios, @NotNull @Valid Contact contact) {

	Rules of(Platform platform) {
		return switch (platform) {
			case ANDROID -> this.android;
			case IOS -> this.ios;
		};
	}

	/** Whether each store stands below the platform whose apps it has. */
	@AssertTrue(message = "google-play and app-gallery are stores of android, app-store of ios")
	public boolean isEachStoreInItsPlace() {
		return Stream.of(Platform.values())
			.allMatch((platform) -> of(platform) == null || of(platform).stores() == null
					|| of(platform).stores().keySet().stream().allMatch((store) -> store.platform() == platform));
	}

	/**
	 * Rules of one platform.
	 *
	 * @param minimumOs phones below cannot run the app
	 * @param biometricsFrom phones below have no fingerprint that the app could use
	 * @param minimum apps below must be updated first
	 * @param recommended apps below are told of a newer one
	 * @param blocked apps that must be updated though they are not below the minimum
	 * @param released the lines (major.minor) that there are or soon will be: each is
	 * counted by its own name, and nobody can be asked to update to another
	 * @param store where an app that does not say so is sent
	 * @param stores what is particular to each store
	 */
	record Rules(@NotEmpty List<@Valid @NotNull Step> minimumOs, @NotNull Version biometricsFrom,
			@NotEmpty List<@Valid @NotNull Step> minimum, @NotNull @DefaultValue List<@Valid @NotNull Step> recommended,
			@NotNull @DefaultValue List<Version.@NotNull Range> blocked,
			@NotEmpty @Size(max = 50) List<@NotNull Version> released, @NotNull Store store,
			@NotEmpty Map<Store, @Valid @NotNull StoreRules> stores) {

		/** Whether there is a link for an app that does not name its store. */
		@AssertTrue(message = "store must be one of stores")
		public boolean isStoreKnown() {
			return this.store == null || this.stores == null || this.stores.containsKey(this.store);
		}

		/** Whether whoever is asked to update finds something to update to. */
		@AssertTrue(message = "minimum and recommended must be of a released line")
		public boolean isReleased() {
			if (this.released == null || this.minimum == null || this.recommended == null || this.stores == null) {
				return true;
			}
			Stream<List<Step>> others = this.stores.values()
				.stream()
				.flatMap((rules) -> Stream.of(rules.minimum(), rules.recommended()).filter(Objects::nonNull));
			return Stream.concat(Stream.of(this.minimum, this.recommended), others)
				.flatMap(List::stream)
				.allMatch((step) -> step.version() == null || isReleased(step.version()));
		}

		boolean isReleased(Version version) {
			return this.released.contains(version.line());
		}

		/**
		 * The rules for an app of that store; of the platform, where it has no others.
		 */
		Rules at(@Nullable Store store) {
			StoreRules other = this.stores.get((store != null) ? store : this.store);
			return (other != null) ? other.over(this) : this;
		}

		/** Where that app is updated. */
		URI link(@Nullable Store store) {
			StoreRules rules = this.stores.get((store != null) ? store : this.store);
			return Objects.requireNonNull((rules != null) ? rules : this.stores.get(this.store)).link();
		}

	}

	/**
	 * Rules of one store, each in place of the platform's.
	 *
	 * @param link where the app is in it
	 * @param minimumOs as of the platform
	 * @param minimum as of the platform
	 * @param recommended as of the platform
	 * @param blocked as of the platform
	 */
	record StoreRules(@NotNull URI link, @Nullable List<@Valid @NotNull Step> minimumOs,
			@Nullable List<@Valid @NotNull Step> minimum, @Nullable List<@Valid @NotNull Step> recommended,
			@Nullable List<Version.@NotNull Range> blocked) {

		Rules over(Rules all) {
			return new Rules(Objects.requireNonNullElse(this.minimumOs, all.minimumOs), all.biometricsFrom,
					Objects.requireNonNullElse(this.minimum, all.minimum),
					Objects.requireNonNullElse(this.recommended, all.recommended),
					Objects.requireNonNullElse(this.blocked, all.blocked), all.released, all.store, all.stores);
		}

	}

	/**
	 * A version, and since when it counts. Of several that count, the highest does.
	 *
	 * @param version the version
	 * @param from when it begins to count; if absent, it always has
	 */
	record Step(@NotNull Version version, @Nullable PlannedTime from) {
	}

}
