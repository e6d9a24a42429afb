// Shows the description. It is only read here: calls need a proof that a phone's key signs.
window.ui = SwaggerUIBundle({
	url: "/v1/openapi.json",
	dom_id: "#docs",
	deepLinking: true,
	supportedSubmitMethods: [],
	validatorUrl: null,
	defaultModelsExpandDepth: 0,
	plugins: [() => ({ wrapComponents: { authorizeBtn: () => () => null } })]
});
