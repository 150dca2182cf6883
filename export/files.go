package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Files are files that come to be all at once, when all are whole: until [Files.Keep]
// they stand in a hidden folder beside their places, so that a full disk or a kill
// leaves nothing half under a name that somebody reads.
type Files struct {
	side  string
	files []sideFile
}

type sideFile struct {
	to  string   // its place
	at  string   // where it stands meanwhile
	out *os.File // nil where another program's library writes it
	buf *bufio.Writer
}

// NewFiles makes ready for files in a folder, which must be there.
func NewFiles(folder string) (*Files, error) {
	side, err := os.MkdirTemp(folder, ".crosscheck-export-")
	if err != nil {
		return nil, err
	}
	return &Files{side: side}, nil
}

// Reserve is where a file whose place is to be written meanwhile, by whoever asks.
func (f *Files) Reserve(to string) (string, error) {
	switch info, err := os.Stat(to); {
	case err == nil && !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is no file that could be replaced", to)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	at := filepath.Join(f.side, filepath.Base(to))
	f.files = append(f.files, sideFile{to: to, at: at})
	return at, nil
}

// Create begins a file whose place is to. Writing to it is buffered.
func (f *Files) Create(to string) (io.Writer, error) {
	at, err := f.Reserve(to)
	if err != nil {
		return nil, err
	}
	out, err := os.Create(at)
	if err != nil {
		return nil, err
	}
	made := &f.files[len(f.files)-1]
	made.out, made.buf = out, bufio.NewWriterSize(out, 256<<10)
	return made.buf, nil
}

// Keep writes out what is left and moves every file to its place, over one of that
// name, when all of them are safe on the disk.
func (f *Files) Keep() error {
	for i := range f.files {
		if err := f.files[i].finish(); err != nil {
			return err
		}
	}
	for _, one := range f.files {
		if err := os.Rename(one.at, one.to); err != nil {
			return err
		}
	}
	f.files = nil
	return nil
}

func (s *sideFile) finish() (err error) {
	if s.out == nil {
		if s.out, err = os.OpenFile(s.at, os.O_RDWR, 0); err != nil {
			return err
		}
	} else if err := s.buf.Flush(); err != nil {
		return err
	}
	if err := s.out.Sync(); err != nil {
		return err
	}
	return s.out.Close()
}

// Drop throws away what was not kept.
func (f *Files) Drop() {
	for _, one := range f.files {
		if one.out != nil {
			_ = one.out.Close() // it goes with what was written
		}
	}
	_ = os.RemoveAll(f.side) // what stays is hidden, and named by what it is
}
