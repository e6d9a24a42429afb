/**
 * What billing and CRM share: OData version 2 as an SAP Gateway speaks it. Modelled on
 * the OData V2 protocol and the public documentation of SAP Multichannel Foundation for
 * Utilities.
 */
@NullMarked
package pl.bramka.mocks.sap;

import org.jspecify.annotations.NullMarked;
