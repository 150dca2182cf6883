package localpg

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// serves reports whether process pid is a living server of this home. The
// number alone proves nothing: it may have gone to another process since, but
// every process of a server works in its data folder.
func (h home) serves(pid int) bool {
	proc := filepath.Join("/proc", strconv.Itoa(pid))
	stat, err := os.ReadFile(filepath.Join(proc, "stat"))
	if err != nil {
		return false
	}
	// "pid (name) state ...", where the name may itself hold brackets.
	_, state, ok := bytes.Cut(stat[max(bytes.LastIndexByte(stat, ')'), 0):], []byte(") "))
	if !ok || state[0] == 'Z' || state[0] == 'X' {
		return false // dead, and its parent has not asked after it yet
	}
	same, err := h.worksHere(proc)
	if errors.Is(err, fs.ErrPermission) {
		// In a container root may not look into another user's process, yet
		// everybody may see how it was started.
		line, err := os.ReadFile(filepath.Join(proc, "cmdline"))
		return err == nil && bytes.Contains(line, []byte("\x00-D\x00"+h.cluster()+"\x00"))
	}
	return same
}

// leftovers are the processes that still work in the data folder.
func (h home) leftovers() []int {
	procs, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return nil
	}
	var pids []int
	for _, proc := range procs {
		if same, _ := h.worksHere(proc); same {
			if pid, err := strconv.Atoi(filepath.Base(proc)); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// worksHere compares the folders themselves, so that links and renamed parents
// make no difference.
func (h home) worksHere(proc string) (bool, error) {
	cwd, err := os.Stat(filepath.Join(proc, "cwd"))
	if err != nil {
		return false, err
	}
	cluster, err := os.Stat(h.cluster())
	if err != nil {
		return false, err
	}
	return os.SameFile(cwd, cluster), nil
}
