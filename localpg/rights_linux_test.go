package localpg

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestRootGivesUpItsRights(t *testing.T) {
	needRoot(t)
	for name, mode := range map[string]os.FileMode{"open": 0o755, "closed": 0o700} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t)
			open(t, dir)
			if err := os.Chmod(filepath.Dir(dir), mode); err != nil {
				t.Fatal(err)
			}
			s := start(t, dir)
			uid, _, err := owner(s.home.cluster())
			if err != nil {
				t.Fatal(err)
			}
			if uid == 0 {
				t.Error("the data belong to root")
			}
			caps := capabilities(t, s.pid)
			if want := map[bool]string{true: "0000000000000004", false: "0000000000000000"}[mode == 0o700]; caps != want {
				t.Errorf("the server's rights are %s, want %s", caps, want)
			}
			closeServer(t, s)
		})
	}
}

func capabilities(t *testing.T, pid int) string {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(b), "CapEff:\t")
	caps, _, _ := strings.Cut(rest, "\n")
	return caps
}

func TestUserNamespace(t *testing.T) {
	needRoot(t)
	dir := folder(t)
	h, err := makeHome(dir)
	if err != nil {
		t.Fatal(err)
	}
	p, err := findPrograms(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	a := namespaced()[0]
	if err := a.reaches(t.Context(), dir, p); err != nil {
		t.Skipf("user namespaces are switched off here: %v", err)
	}
	// Data that belong to root can only be a namespace's, and Start sees that.
	o := Options{Volatile: true, Log: slog.New(slog.DiscardHandler)}
	if err := h.initialise(t.Context(), o, p, a); err != nil {
		t.Fatal(err)
	}
	s := start(t, dir)
	run(t, s, "SELECT 'works'")
	closeServer(t, s)
}

func TestFullDisk(t *testing.T) {
	needRoot(t)
	for name, room := range map[string]int{"initdb": 8 << 20, "start": 48 << 20} {
		t.Run(name, func(t *testing.T) {
			disk := filepath.Join(t.TempDir(), "disk")
			if err := os.Mkdir(disk, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, fmt.Sprintf("size=%d", room)); err != nil {
				t.Skipf("no disk can be mounted here: %v", err)
			}
			t.Cleanup(func() { _ = syscall.Unmount(disk, syscall.MNT_FORCE) })
			dir := filepath.Join(disk, "pg")
			o := Options{Dir: dir, Volatile: true}
			if name == "start" {
				s, err := Start(t.Context(), o)
				if err != nil {
					t.Fatal(err)
				}
				closeServer(t, s)
				fill(t, filepath.Join(disk, "rest"), room)
			}
			_, err := Start(t.Context(), o)
			wantError(t, err, "The disk is full", dir)
			wantRunning(t, dir, false)
		})
	}
}

// fill takes what is left of a small disk.
func fill(t *testing.T, path string, most int) {
	t.Helper()
	err := os.WriteFile(path, make([]byte, most), 0o600)
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
}
