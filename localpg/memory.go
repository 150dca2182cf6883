//go:build unix

package localpg

import (
	"fmt"
	"os"
	"strings"
)

// The server keeps the pages that it works on in memory of its own. What it finds there
// it need not fetch from the system, and what it changes there several times it writes
// once. Each document touches pages anywhere in the indexes, so a large archive is worth a
// part of the machine; a small one never uses what it is given.
const (
	partOfMemory = 16
	leastBuffers = 128 << 20 // what PostgreSQL takes by itself
	mostBuffers  = 2 << 30
	someBuffers  = 256 << 20 // where nothing tells how much memory there is
)

// buffers is how many bytes of a machine with so much memory the server takes to keep
// pages in.
func buffers(memory int64) int64 {
	if memory <= 0 {
		return someBuffers
	}
	return min(max(memory/partOfMemory, leastBuffers), mostBuffers)
}

// memory is how many bytes of memory there are for processes here: the machine's, or where
// that is less what its container may take. It is 0 where the system does not tell.
func memory() int64 {
	info, _ := os.ReadFile("/proc/meminfo")
	limit, _ := os.ReadFile("/sys/fs/cgroup/memory.max")
	return toldMemory(string(info), string(limit))
}

// toldMemory reads what the system says: a line of its memory in kilobytes, and a limit in
// bytes or the word that there is none.
func toldMemory(info, limit string) int64 {
	var total, most int64
	_, line, _ := strings.Cut("\n"+info, "\nMemTotal:")
	if _, err := fmt.Sscanf(line, "%d kB", &total); err != nil {
		return 0
	}
	total <<= 10
	if _, err := fmt.Sscanf(limit, "%d", &most); err == nil && most > 0 {
		total = min(total, most)
	}
	return total
}
