package review

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"crosscheck/desk"
)

//go:embed assets
var assetFiles embed.FS

// asset answers a file of our own. Its address carries a hash of what is in it
// ([assetPath]), so that a browser may keep it for ever.
func (s *Server) asset(w http.ResponseWriter, r *http.Request, _ desk.Person) error {
	name := r.PathValue("name")
	b, err := assetFiles.ReadFile("assets/" + name)
	if err != nil {
		return &desk.Missing{What: "file", Name: name}
	}
	if r.URL.Query().Get("v") == digest(b) {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(b))
	return nil
}

// assetPath is the address of a file of our own.
func assetPath(name string) (string, error) {
	b, err := assetFiles.ReadFile("assets/" + name)
	return "/assets/" + name + "?v=" + digest(b), err
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6])
}

// lookCookie remembers light or dark for who does not want what the system has.
const lookCookie = "look"

func lookOf(r *http.Request) string {
	if c, err := r.Cookie(lookCookie); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return ""
}

// look changes between light and dark, and goes back to where it was asked for.
func (s *Server) look(w http.ResponseWriter, r *http.Request, _ desk.Person) error {
	c := &http.Cookie{Name: lookCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if v := r.FormValue("look"); v == "light" || v == "dark" {
		c.Value, c.MaxAge = v, 365*24*60*60
	}
	http.SetCookie(w, c)
	http.Redirect(w, r, within(r.FormValue("back")), http.StatusSeeOther)
	return nil
}

// within is a path of ours, or "/" for what would lead to another site.
func within(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}
