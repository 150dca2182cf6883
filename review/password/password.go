// Package password makes hashes of passwords, and holds passwords against them.
//
// In goes a password; out comes a PHC string ("$argon2id$v=19$m=19456,t=2,p=1$salt$hash")
// that says by which parameters it was made, so that these can rise while old hashes go
// on being good; or in go both, and out comes whether they belong together.
// [Check] says which passwords are too easy to guess.
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// The parameters are the first of those that OWASP's Password Storage Cheat Sheet
// gives for Argon2id: 19 MiB, two passes, one lane.
const (
	memory = 19 << 10 // KiB
	passes = 2
	lanes  = 1

	saltBytes = 16
	hashBytes = 32
)

// The bounds on what a stored hash may ask for: beyond, it was not made here.
const (
	maxMemory = 1 << 20 // KiB
	maxPasses = 16
	maxLanes  = 16
)

// ErrBusy is that of a hash for which there was no room in time.
var ErrBusy = errors.New("too many are logging in at this moment: try again in a few seconds")

// Hasher makes hashes, a few at a time: each needs 19 MiB and a processor for some
// hundredths of a second, which whoever asks for very many at once must not get.
// It is safe for use by many goroutines.
type Hasher struct {
	room   chan struct{}
	wait   time.Duration
	nobody phc // whose password nobody knows
}

// NewHasher makes so many hashes at a time, and lets others wait for a time.
func NewHasher(atOnce int, wait time.Duration) *Hasher {
	h := &Hasher{room: make(chan struct{}, max(1, atOnce)), wait: wait}
	h.nobody = phc{memory: memory, passes: passes, lanes: lanes, salt: random(saltBytes), hash: random(hashBytes)}
	return h
}

// Hash makes a PHC string of a password. The error is ErrBusy, or that of ctx.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	p := phc{memory: memory, passes: passes, lanes: lanes, salt: random(saltBytes), hash: make([]byte, hashBytes)}
	err := h.within(ctx, func() { p.hash = p.of(password) })
	if err != nil {
		return "", err
	}
	return p.String(), nil
}

// Match reports whether a hash is a password's, and whether that hash was made with
// other parameters than are in use now. With "" for the hash it takes the same time,
// and no password matches. The error is ErrBusy, that of ctx, or of a hash that is none.
func (h *Hasher) Match(ctx context.Context, hash, password string) (matches, outdated bool, err error) {
	p := h.nobody
	if hash != "" {
		if p, err = parse(hash); err != nil {
			return false, false, err
		}
	}
	err = h.within(ctx, func() {
		matches = len(password) <= MaxBytes && subtle.ConstantTimeCompare(p.of(password), p.hash) == 1 && hash != ""
	})
	outdated = p.memory != memory || p.passes != passes || p.lanes != lanes || len(p.salt) != saltBytes || len(p.hash) != hashBytes
	return matches, outdated, err
}

// within does something when there is room for it.
func (h *Hasher) within(ctx context.Context, do func()) error {
	wait := time.NewTimer(h.wait)
	defer wait.Stop()
	select {
	case h.room <- struct{}{}:
		defer func() { <-h.room }()
		do()
		return nil
	case <-wait.C:
		return ErrBusy
	case <-ctx.Done():
		return ctx.Err()
	}
}

// phc is a hash with all that it was made by.
type phc struct {
	memory, passes uint32
	lanes          uint8
	salt, hash     []byte
}

// of makes the hash of a password by the same parameters and salt. Keyboards write
// one letter in several ways; they all give one hash.
func (p phc) of(password string) []byte {
	if len(password) > MaxBytes {
		password = password[:MaxBytes] // it matches nothing, in the usual time
	}
	return argon2.IDKey(norm.NFKC.Bytes([]byte(password)), p.salt, p.passes, p.memory, p.lanes, uint32(len(p.hash)))
}

var base = base64.RawStdEncoding

func (p phc) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.memory, p.passes, p.lanes, base.EncodeToString(p.salt), base.EncodeToString(p.hash))
}

// errNoHash is that of a text that is no PHC string of Argon2id.
var errNoHash = errors.New("what is stored as the hash of a password is none: set the password anew with 'crosscheck user passwd'")

func parse(s string) (phc, error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v="+strconv.Itoa(argon2.Version) {
		return phc{}, errNoHash
	}
	settings := strings.Split(parts[3], ",")
	if len(settings) != 3 {
		return phc{}, errNoHash
	}
	number := func(setting, name string, most uint64) uint64 {
		text, ok := strings.CutPrefix(setting, name)
		n, err := strconv.ParseUint(text, 10, 32)
		if !ok || err != nil || n > most {
			return 0
		}
		return n
	}
	p := phc{
		memory: uint32(number(settings[0], "m=", maxMemory)),
		passes: uint32(number(settings[1], "t=", maxPasses)),
		lanes:  uint8(number(settings[2], "p=", maxLanes)),
	}
	var bad [2]error
	p.salt, bad[0] = base.DecodeString(parts[4])
	p.hash, bad[1] = base.DecodeString(parts[5])
	if errors.Join(bad[:]...) != nil || p.memory == 0 || p.passes == 0 || p.lanes == 0 ||
		len(p.salt) < 8 || len(p.salt) > 64 || len(p.hash) < 16 || len(p.hash) > 64 {
		return phc{}, errNoHash
	}
	return p, nil
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // it never fails
	return b
}
