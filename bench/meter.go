package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"crosscheck/store"
)

// meter tells what is spent here, and by the database's server where that runs on
// this machine.
type meter struct{ server string } // the server's number; "" where it is elsewhere

// reading is what has been spent until a moment.
type reading struct {
	at          time.Time
	here, there time.Duration // of processors
}

// cost is what was spent between two moments.
type cost struct {
	elapsed, here, there time.Duration
	memory               int64 // the most that this process held at a time, in bytes
}

func newMeter(ctx context.Context, s *store.Store) (*meter, error) {
	var dir string
	if err := s.Pool().QueryRow(ctx, `SHOW data_directory`).Scan(&dir); err != nil {
		return nil, fmt.Errorf("where the server's data lie: %w", err)
	}
	file, err := os.ReadFile(filepath.Join(dir, "postmaster.pid"))
	if err != nil {
		return &meter{}, nil
	}
	pid, _, _ := bytes.Cut(file, []byte("\n"))
	return &meter{strings.TrimSpace(string(pid))}, nil
}

// begin begins to measure. It forgets what memory was held before.
func (m *meter) begin() (reading, error) {
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		return reading{}, fmt.Errorf("measure memory: %w", err)
	}
	return m.now()
}

func (m *meter) since(before reading) (cost, error) {
	now, err := m.now()
	if err != nil {
		return cost{}, err
	}
	memory, err := peak()
	return cost{now.at.Sub(before.at), now.here - before.here, now.there - before.there, memory}, err
}

func (m *meter) now() (reading, error) {
	var own syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &own); err != nil {
		return reading{}, err
	}
	return reading{time.Now(), time.Duration(own.Utime.Nano() + own.Stime.Nano()), m.ofServer()}, nil
}

// peak is the most memory that this process has held since it was last asked to forget.
func peak() (int64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0, fmt.Errorf("the system does not tell how much memory is held")
	}
	kb, err := strconv.ParseInt(fields[0], 10, 64)
	return kb << 10, err
}

// tick is the unit in which Linux tells times of other processes.
const tick = time.Second / 100

// ofServer is the time of the server's processes: those that run, and, in the
// first one's account, those that have ended.
func (m *meter) ofServer() (spent time.Duration) {
	if m.server == "" {
		return 0
	}
	all, _ := filepath.Glob("/proc/[0-9]*/stat") // the pattern is sound
	for _, file := range all {
		stat, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended
		}
		// After the name in brackets: state, parent, and as the 12th to 15th its own
		// times and those of its children that have ended.
		_, rest, _ := strings.Cut(string(stat), ") ")
		fields := strings.Fields(rest)
		if len(fields) < 15 {
			continue
		}
		times := fields[11:13]
		if filepath.Base(filepath.Dir(file)) == m.server {
			times = fields[11:15]
		} else if fields[1] != m.server {
			continue
		}
		for _, t := range times {
			n, err := strconv.ParseInt(t, 10, 64)
			if err == nil {
				spent += time.Duration(n) * tick
			}
		}
	}
	return spent
}
