package localpg

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// lesser lists the ways for root to run as a, the one with the fewest rights
// first. The second lets the server pass through folders that are closed to it,
// such as a home of mode 0700, but write nowhere except in its own.
func lesser(a account) []account {
	reader := plain(a)
	reader.name += " with the right to pass through closed folders"
	reader.attr.AmbientCaps = []uintptr{unix.CAP_DAC_READ_SEARCH}
	return []account{plain(a), reader}
}

// namespaced lists the ways for root to run as root under another number, for
// containers in which root may not become anybody else.
func namespaced() []account {
	const inside = 1000 // any number but 0, which PostgreSQL refuses
	uid, gid := os.Geteuid(), os.Getegid()
	return []account{{
		name: "user 1000 in a user namespace", uid: uid, gid: gid,
		attr: syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: inside, HostID: uid, Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: inside, HostID: gid, Size: 1}},
		},
	}}
}
