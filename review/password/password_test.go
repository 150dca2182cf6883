package password_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"crosscheck/review/password"
)

const good = "harbour lamp oatmeal vine"

// oldHash is the hash of good by fewer kilobytes and passes.
const oldHash = "U9efONz5aaS72XpKYc8GMDMpPR3y5PMRbfczzJIeVGY"

func TestHashesMatchTheirPasswordAlone(t *testing.T) {
	h := password.NewHasher(2, time.Minute)
	hash, err := h.Hash(t.Context(), good)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %s", hash)
	}
	another, err := h.Hash(t.Context(), good)
	if err != nil || another == hash {
		t.Errorf("two hashes are one: %s, %v", another, err)
	}
	for _, test := range []struct {
		hash, password string
		want           bool
	}{
		{hash, good, true},
		{hash, good + " ", false},
		{hash, "", false},
		{"", good, false},
		{"", "", false},
	} {
		if got, outdated, err := h.Match(t.Context(), test.hash, test.password); got != test.want || outdated || err != nil {
			t.Errorf("%q against %q: %v, outdated %v, %v", test.password, test.hash, got, outdated, err)
		}
	}
}

// What is longer than a password may be costs no more than the longest.
func TestTooLongMatchesNothing(t *testing.T) {
	h := password.NewHasher(1, time.Minute)
	longest := strings.Repeat("ab", password.MaxBytes/2)
	hash, err := h.Hash(t.Context(), longest)
	if err != nil {
		t.Fatal(err)
	}
	if ok, _, err := h.Match(t.Context(), hash, longest); !ok || err != nil {
		t.Errorf("the longest does not match: %v", err)
	}
	if ok, _, _ := h.Match(t.Context(), hash, longest+"c"); ok {
		t.Error("what was cut off does not count")
	}
}

func TestAccentsAreTypedInTwoWays(t *testing.T) {
	h := password.NewHasher(1, time.Minute)
	hash, err := h.Hash(t.Context(), "caf\u00e9 au lait au lit")
	if err != nil {
		t.Fatal(err)
	}
	if ok, _, err := h.Match(t.Context(), hash, "cafe\u0301 au lait au lit"); !ok || err != nil {
		t.Errorf("it depends on the keyboard: %v", err)
	}
}

func TestParametersMayRise(t *testing.T) {
	h := password.NewHasher(1, time.Minute)
	// The same password's by 64 KiB, one pass and the salt "saltsalt".
	const old = "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$" + oldHash
	matches, outdated, err := h.Match(t.Context(), old, good)
	if !matches || !outdated || err != nil {
		t.Errorf("matches %v, outdated %v, %v", matches, outdated, err)
	}
}

func TestWhatIsNoHash(t *testing.T) {
	h := password.NewHasher(1, time.Minute)
	for _, hash := range []string{
		"x", "$", "$$$$$", good,
		"$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$" + oldHash,
		"$argon2id$v=16$m=64,t=1,p=1$c2FsdHNhbHQ$" + oldHash,
		"$argon2id$v=19$m=64,t=1$c2FsdHNhbHQ$" + oldHash,
		"$argon2id$v=19$m=0,t=1,p=1$c2FsdHNhbHQ$" + oldHash,
		"$argon2id$v=19$m=99999999,t=1,p=1$c2FsdHNhbHQ$" + oldHash,
		"$argon2id$v=19$m=64,t=1,p=300$c2FsdHNhbHQ$" + oldHash,
		"$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$",
		"$argon2id$v=19$m=64,t=1,p=1$!!!$" + oldHash,
	} {
		if ok, _, err := h.Match(t.Context(), hash, good); ok || err == nil || !strings.Contains(err.Error(), "crosscheck user passwd") {
			t.Errorf("%q: %v, %v", hash, ok, err)
		}
	}
}

func TestHashingIsBounded(t *testing.T) {
	h := password.NewHasher(1, time.Millisecond)
	results := make(chan error)
	for range 8 {
		go func() {
			_, err := h.Hash(context.Background(), good)
			results <- err
		}()
	}
	var done, busy int
	for range 8 {
		switch err := <-results; {
		case err == nil:
			done++
		case errors.Is(err, password.ErrBusy):
			busy++
		default:
			t.Error(err)
		}
	}
	if done == 0 || busy == 0 {
		t.Errorf("%d done, %d busy", done, busy)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	patient := password.NewHasher(1, time.Minute)
	if _, err := patient.Hash(gone, good); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestCheck(t *testing.T) {
	for _, test := range []struct{ name, password, want string }{
		{"keller", good, ""},
		{"keller", "zwölf Boxkämpfer", ""},
		{"keller", "aaaaabbbcdeeee", ""},
		{"keller", "", "too short"},
		{"keller", "elf letters", "too short"},
		{"keller", "ｐａｓｓｗｏｒｄ１２３４", "first that anybody tries"},
		{"keller", "Password1234", "first that anybody tries"},
		{"keller", "000000000000", "first that anybody tries"},
		{"keller", "abababababababab", "first that anybody tries"},
		{"keller", "123456789012", "first that anybody tries"},
		{"keller", "QwertyuiopASDF", "first that anybody tries"},
		{"keller", "KellerKeller", "account's name"},
		{"keller", "keller12345", "too short"},
		{"m.keller", "M.Keller1234", "account's name"},
		{"m.keller", "harbour m.keller lamp", ""},
		{"keller", good + "\x00", "control characters"},
		{"keller", strings.Repeat("harbour ", 200), "longer than 1024 bytes"},
	} {
		got := password.Check(test.name, test.password)
		if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
			t.Errorf("%q for %s: %q, want %q", test.password, test.name, got, test.want)
		}
	}
}
