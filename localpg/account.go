//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"strings"
	"syscall"
)

// account is the user as whom the server's programs run.
type account struct {
	name     string
	uid, gid int
	attr     syscall.SysProcAttr
}

// command prepares a server program to run as the account, in a session of its
// own: Ctrl-C at the terminal is for us to answer, and a server that stays must
// outlive the terminal.
func (a account) command(program string, args ...string) *exec.Cmd {
	c := exec.Command(program, args...)
	attr := a.attr
	attr.Setsid = true
	c.SysProcAttr = &attr
	c.Dir = "/" // one that every user may enter
	c.Env = append(os.Environ(), "LC_ALL=C", "LANGUAGE=C")
	return c
}

// reaches reports whether the account can enter dir and run the programs. A
// shell tries it, as a right that passes through closed folders is there only
// once a program runs.
func (a account) reaches(ctx context.Context, dir string, p programs) error {
	out, err := combinedOutput(ctx, a.command("/bin/sh", "-c", `cd "$1" && exec "$2" --version`, "sh", dir, p.path("postgres")))
	if err != nil {
		return fmt.Errorf("%w %s", err, strings.TrimSpace(out))
	}
	return nil
}

// chooseAccount finds the account for the home's server: the caller's own, or,
// as PostgreSQL refuses root, one with fewer rights. Data that exist belong to
// an account already, and only that one will do.
func (h home) chooseAccount(ctx context.Context, p programs) (account, error) {
	hasData := true
	uid, gid, err := owner(h.cluster())
	if errors.Is(err, fs.ErrNotExist) {
		hasData, uid = false, os.Geteuid()
	} else if err != nil {
		return account{}, err
	}

	if me := os.Geteuid(); me != 0 {
		if uid != me {
			return account{}, fmt.Errorf("the data in %s belong to %s: run crosscheck as that user or choose another --data-dir",
				h.dir, userName(uid))
		}
		return account{name: "the current user", uid: me, gid: os.Getegid()}, nil
	}

	var candidates []account
	switch {
	case !hasData:
		for _, name := range []string{"postgres", "nobody"} {
			if a, ok := lookup(name); ok {
				candidates = append(candidates, lesser(a)...)
			}
		}
		candidates = append(candidates, namespaced()...)
	case uid != 0:
		candidates = lesser(account{name: userName(uid), uid: uid, gid: gid})
	default:
		candidates = namespaced()
	}

	var tried []string
	for _, a := range candidates {
		if err := a.reaches(ctx, h.dir, p); err != nil {
			if ctx.Err() != nil {
				return account{}, fmt.Errorf("find a user to run PostgreSQL as: %w", context.Cause(ctx))
			}
			tried = append(tried, fmt.Sprintf("\n  as %s: %v", a.name, err))
			continue
		}
		return a, nil
	}
	return account{}, fmt.Errorf("PostgreSQL refuses to run as root, and no other way is open in %s:%s\n"+
		"Run crosscheck as a normal user, choose a --data-dir that every user may enter, such as one below /var/lib,\n"+
		"or name a server that runs already: --database-url postgres://... or DATABASE_URL", h.dir, strings.Join(tried, ""))
}

// lookup finds a user of the system who is not root.
func lookup(name string) (account, bool) {
	u, err := user.Lookup(name)
	if err != nil {
		return account{}, false
	}
	uid, err1 := strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	return account{name: name, uid: uid, gid: gid}, errors.Join(err1, err2) == nil && uid != 0
}

// plain is the account reached by giving up root's rights, all of them.
func plain(a account) account {
	a.attr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	return a
}

func userName(uid int) string {
	if u, err := user.LookupId(strconv.Itoa(uid)); err == nil {
		return "user " + u.Username
	}
	return fmt.Sprintf("user %d", uid)
}
