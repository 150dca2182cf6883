//go:build unix && !linux

package localpg

import "syscall"

// serves reports whether process pid is a living server of this home. Without
// /proc this goes by the lock that all of a server's processes hold, together
// with the number being that of some process.
func (h home) serves(pid int) bool {
	return held(h.serverLock()) && syscall.Kill(pid, 0) != syscall.ESRCH
}

// leftovers are not known without /proc. Backends end by themselves when they
// find the server gone; whoever needs the folder waits for their lock.
func (h home) leftovers() []int { return nil }
