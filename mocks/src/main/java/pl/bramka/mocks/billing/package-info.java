/**
 * Billing and metering, pretended: the OData service {@code ERP_UTILITIES_UMC}. Modelled
 * on SAP Multichannel Foundation for Utilities.
 */
@NullMarked
package pl.bramka.mocks.billing;

import org.jspecify.annotations.NullMarked;
