package pl.bramka.mocks.personas;

/**
 * What a contract covers.
 */
public enum ContractType {

	/** Sale only; another contract covers the distribution. */
	SALES,

	/** Sale and distribution with one seller. */
	COMPREHENSIVE,

	/** Distribution only. */
	DISTRIBUTION

}
