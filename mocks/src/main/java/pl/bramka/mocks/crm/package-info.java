/**
 * CRM, pretended: the OData service {@code CRM_UTILITIES_UMC}. Modelled on SAP
 * Multichannel Foundation for Utilities. The only system that knows a PESEL, and it keeps
 * it to itself.
 */
@NullMarked
package pl.bramka.mocks.crm;

import org.jspecify.annotations.NullMarked;
