package review

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// tokenMark begins every API token, so that those who look for lost secrets in
// files and logs know one when they see it.
const tokenMark = "crosscheck_"

// secretBytes is how much chance is in a secret: nobody guesses it, so a plain
// hash keeps it well, and attempts need not be counted.
const secretBytes = 32

// NewToken makes an API token. The database keeps its hash, the token itself is
// shown once.
func NewToken() (token string, hash [32]byte) {
	token = tokenMark + newSecret()
	return token, sha256.Sum256([]byte(token))
}

func newSecret() string {
	b := make([]byte, secretBytes)
	_, _ = rand.Read(b) // it never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// LinkTime is how long a one-time link can be used.
const LinkTime = 15 * time.Minute

// Openings keeps one-time links.
type Openings interface {
	AddOpening(ctx context.Context, at time.Time, hash [32]byte, expires time.Time) error
}

// NewLink makes a link that opens the desk at an address once, within [LinkTime],
// while there are no accounts.
func NewLink(ctx context.Context, openings Openings, base string, now time.Time) (string, error) {
	secret := newSecret()
	if err := openings.AddOpening(ctx, now, sha256.Sum256([]byte(secret)), now.Add(LinkTime)); err != nil {
		return "", fmt.Errorf("make a link: %w", err)
	}
	return strings.TrimSuffix(base, "/") + "/login?" + url.Values{"link": {secret}}.Encode(), nil
}
