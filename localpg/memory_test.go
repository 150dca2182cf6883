//go:build unix

package localpg

import "testing"

func TestBuffers(t *testing.T) {
	const gb = 1 << 30
	for _, c := range []struct {
		info, limit string
		memory      int64
		buffers     int64
	}{
		{"MemTotal:       24689668 kB\nMemFree:          163840 kB\n", "max\n", 24689668 << 10, 24689668 << 10 / 16},
		{"MemFree: 1 kB\nMemTotal:       16777216 kB\n", "4294967296\n", 4 * gb, 256 << 20},
		{"MemTotal:       16777216 kB\n", "", 16 * gb, gb},
		{"MemTotal:        1048576 kB\n", "68719476736\n", gb, 128 << 20},
		{"MemTotal:      536870912 kB\n", "max\n", 512 * gb, 2 * gb},
		{"", "4294967296\n", 0, 256 << 20},
		{"MemTotal: some kB\n", "max\n", 0, 256 << 20},
	} {
		if got := toldMemory(c.info, c.limit); got != c.memory {
			t.Errorf("%q, %q: %d bytes, want %d", c.info, c.limit, got, c.memory)
		}
		if got := buffers(c.memory); got != c.buffers {
			t.Errorf("of %d bytes %d, want %d", c.memory, got, c.buffers)
		}
	}
}
