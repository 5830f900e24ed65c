// Draws the description of the interface; changes are sent with the token of the page.

interface Drawn {
  url: string;
  requestInterceptor?: (request: { headers: Record<string, string> }) => unknown;
  [name: string]: unknown;
}

declare const SwaggerUIBundle: {
  (settings: Drawn): unknown;
  presets: { apis: unknown };
};

const place = document.getElementById("api-docs");
const settings = document.getElementById("api-settings");
if (place && settings) {
  const drawn = JSON.parse(settings.textContent ?? "{}") as Drawn;
  const token = place.dataset["token"] ?? "";
  place.replaceChildren();
  SwaggerUIBundle({
    ...drawn,
    dom_id: "#api-docs",
    presets: [SwaggerUIBundle.presets.apis],
    requestInterceptor: (request) => {
      request.headers["X-CSRFToken"] = token;
      return request;
    },
  });
}
