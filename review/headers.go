package review

import "net/http"

// policy is what a browser is told with every answer: nothing is loaded from
// elsewhere, nothing that stands in a page runs, no other site shows it in a
// frame, and no page stays behind in a cache.
var policy = map[string]string{
	"Content-Security-Policy":    "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
	"X-Content-Type-Options":     "nosniff",
	"Referrer-Policy":            "same-origin",
	"Cross-Origin-Opener-Policy": "same-origin",
	"Permissions-Policy":         "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
	"Cache-Control":              "no-store",
}

func setHeaders(h http.Header) {
	for name, value := range policy {
		h.Set(name, value)
	}
}
