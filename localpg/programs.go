//go:build unix

package localpg

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ErrNoPrograms says that PostgreSQL's server programs are not on this machine.
// The error that wraps it tells where they were looked for and what to do.
var ErrNoPrograms = errors.New("no PostgreSQL server found")

// oldest is the first version of PostgreSQL that crosscheck works with.
const oldest = 15

// packaged are the folders where packages put the server programs, which are
// mostly not on the path of commands.
var packaged = []string{
	"/usr/lib/postgresql/*/bin",            // Debian, Ubuntu
	"/usr/pgsql-*/bin",                     // Red Hat, Fedora from postgresql.org
	"/usr/libexec/postgresql*",             // Alpine
	"/opt/homebrew/opt/postgresql*/bin",    // Homebrew on Apple silicon
	"/usr/local/opt/postgresql*/bin",       // Homebrew on Intel
	"/Applications/Postgres.app/*/*/*/bin", // Postgres.app
	"/usr/local/pgsql/bin",                 // built from source
}

// programs is a folder with the server programs of one version.
type programs struct {
	bin   string
	major int
}

func (p programs) path(name string) string { return filepath.Join(p.bin, name) }

// findPrograms returns the programs to run: of the wanted major version when
// want is not 0, else the first that are new enough.
func findPrograms(ctx context.Context, bin string, want int) (programs, error) {
	from := "the folder that was given"
	if bin == "" {
		bin, from = os.Getenv("CROSSCHECK_PGBIN"), "$CROSSCHECK_PGBIN"
	}
	var looked, folders []string
	if bin != "" {
		looked, folders = []string{bin + ", " + from}, []string{bin}
	} else {
		looked, folders = searched()
	}

	var found []string // what is there and does not do
	for _, dir := range folders {
		major, err := version(ctx, dir)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			found = append(found, err.Error())
		case major < oldest:
			found = append(found, fmt.Sprintf("version %d in %s, but crosscheck needs %d or later", major, dir, oldest))
		case want != 0 && major != want:
			found = append(found, fmt.Sprintf("version %d in %s, but the data are of version %d", major, dir, want))
		default:
			return programs{dir, major}, nil
		}
	}
	if ctx.Err() != nil { // they were not asked to the end
		return programs{}, ctx.Err()
	}
	return programs{}, notFound(looked, found, want)
}

// notFound says where the programs were looked for, what was there, and the
// ways out.
func notFound(looked, found []string, want int) error {
	var b strings.Builder
	for _, f := range found {
		fmt.Fprintf(&b, "\n  found %s", f)
	}
	for _, l := range looked {
		fmt.Fprintf(&b, "\n  looked in %s", l)
	}
	version, deb := fmt.Sprintf("%d or later", oldest), "postgresql"
	if want != 0 {
		version, deb = strconv.Itoa(want), fmt.Sprintf("postgresql-%d", want)
	}
	return fmt.Errorf("%w (the programs postgres and initdb, version %s):%s\n"+
		"Either install it (on Debian and Ubuntu: apt-get install %s),\n"+
		"or name a server that runs already: --database-url postgres://... or DATABASE_URL", ErrNoPrograms, version, b.String(), deb)
}

// searched lists the folders to look in, best first, and says in words which they are.
func searched() (looked, folders []string) {
	looked = []string{"$CROSSCHECK_PGBIN, which is not set", "$PATH"}
	if p, err := exec.LookPath("postgres"); err == nil {
		// A link on the path, as Homebrew makes them, has no initdb beside it.
		if real, err := filepath.EvalSymlinks(p); err == nil {
			folders = append(folders, filepath.Dir(p), filepath.Dir(real))
		}
	}
	for _, pattern := range packaged {
		looked = append(looked, pattern)
		dirs, err := filepath.Glob(pattern)
		if err != nil {
			continue // a pattern above is malformed: the tests would say so
		}
		slices.SortFunc(dirs, func(a, b string) int { return -cmp.Compare(numberIn(a), numberIn(b)) })
		folders = append(folders, dirs...)
	}
	return looked, folders
}

var digits = regexp.MustCompile(`\d+`)

// numberIn is the version that a packaged folder's name holds, 0 for none.
func numberIn(path string) int {
	n, _ := strconv.Atoi(digits.FindString(path)) // no digits are no version
	return n
}

var versionLine = regexp.MustCompile(`^postgres \(PostgreSQL\) (\d+)`)

// version asks the server program in dir for its major version. The error is
// fs.ErrNotExist where the programs are not there.
func version(ctx context.Context, dir string) (int, error) {
	for _, name := range []string{"postgres", "initdb"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return 0, err
		}
	}
	program := filepath.Join(dir, "postgres")
	out, err := exec.CommandContext(ctx, program, "--version").Output()
	if err != nil {
		return 0, fmt.Errorf("%s, which does not run: %w", program, err)
	}
	m := versionLine.FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("%s, whose version %q is not understood", program, strings.TrimSpace(string(out)))
	}
	return strconv.Atoi(string(m[1]))
}

// Programs is the folder of the server programs that a new private server is
// started with. Packages put the other programs of PostgreSQL there, too: psql,
// pg_dump, pg_restore.
func Programs(ctx context.Context) (dir string, err error) {
	p, err := findPrograms(ctx, "", 0)
	return p.bin, err
}
