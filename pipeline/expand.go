package pipeline

import (
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"crosscheck/fetch"
)

// Expand turns paths into the documents to read: a file is itself, an address
// of a page that page, a folder
// all regular files in and below it in the order of their names, a
// sources.yaml the files that it lists. Files and folders whose names start
// with a dot are left out unless given by name. A sources.yaml in a folder
// tells about the files in and below it and is no document itself. A file
// reached twice is read once.
//
// What cannot be read is a Failure: what is not there, a folder without
// permission, a link that leads back to a folder above it, a pipe or a device.
func Expand(paths []string) (files []File, failed []Failure) {
	for _, l := range newWalk().listings(paths) {
		files, failed = append(files, l.files...), append(failed, l.failed...)
	}
	return files, failed
}

// listing is what one path leads to.
type listing struct {
	path   string
	files  []File
	failed []Failure
}

// listings does what Expand does, path by path.
func (w *walk) listings(paths []string) []listing {
	all := make([]listing, 0, len(paths))
	for _, p := range paths {
		w.files, w.failed = nil, nil
		w.given(p)
		all = append(all, listing{p, w.files, w.failed})
	}
	return all
}

func newWalk() *walk { return &walk{seen: make(map[string]bool), told: make(map[string]told)} }

// walk is one Expand in progress.
type walk struct {
	files  []File
	failed []Failure
	seen   map[string]bool // resolved paths of files already taken
	told   map[string]told // by folder: what its sources.yaml says
}

// told holds the entries of one sources file by the path of their file.
type told map[string]SourceEntry

func (w *walk) fail(path, reason string) {
	w.failed = append(w.failed, Failure{path, reason})
}

func (w *walk) given(path string) {
	if IsURL(path) {
		w.page(File{Path: path})
		return
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		w.fail(path, Reason(err))
	case info.IsDir():
		w.folder(path, nil, nil)
	case filepath.Base(path) == sourcesName:
		w.list(path)
	default:
		w.file(path, info, w.sources(filepath.Dir(path)))
	}
}

// list takes the files that a sources file lists, in its order.
func (w *walk) list(path string) {
	s, err := LoadSources(path)
	if err != nil {
		w.fail(path, strings.TrimPrefix(Reason(err), path+": "))
		return
	}
	for _, e := range s.Entries {
		if e.File == "" {
			w.page(File{Path: e.URL, Source: e})
			continue
		}
		file := filepath.Join(filepath.Dir(path), e.File)
		info, err := os.Stat(file)
		if err != nil {
			w.fail(file, Reason(err)+"; "+sourcesName+" lists it")
			continue
		}
		w.file(file, info, told{file: e})
	}
}

// folder walks one folder. above holds the folders on the way to it, by which a
// link that leads back up is known; known is what sources files above say of
// the files below.
func (w *walk) folder(path string, above []fs.FileInfo, known told) {
	info, err := os.Stat(path)
	if err != nil {
		w.fail(path, Reason(err))
		return
	}
	if slices.ContainsFunc(above, func(a fs.FileInfo) bool { return os.SameFile(a, info) }) {
		w.fail(path, "a link that leads back to a folder above it")
		return
	}
	entries, err := os.ReadDir(path) // in the order of names
	if err != nil {
		w.fail(path, Reason(err))
		return
	}
	known = merge(known, w.sources(path))
	above = append(slices.Clip(above), info)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || e.Name() == sourcesName {
			continue
		}
		inside := filepath.Join(path, e.Name())
		info, err := os.Stat(inside)
		switch {
		case err != nil:
			w.fail(inside, Reason(err))
		case info.IsDir():
			w.folder(inside, above, known)
		default:
			w.file(inside, info, known)
		}
	}
}

// merge adds what a nearer sources file says, which beats a farther one.
func merge(far, near told) told {
	if len(near) == 0 {
		return far
	}
	all := make(told, len(far)+len(near))
	for path, e := range far {
		all[path] = e
	}
	for path, e := range near {
		all[path] = e
	}
	return all
}

// sources is what the sources file of a folder says, if it has one. Its files
// are read even where it has a mistake: they are named once, and the documents
// then stand with what they say of themselves.
func (w *walk) sources(folder string) told {
	if known, ok := w.told[folder]; ok {
		return known
	}
	path := filepath.Join(folder, sourcesName)
	s, err := LoadSources(path)
	known := make(told)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		w.fail(path, strings.TrimPrefix(Reason(err), path+": "))
	default:
		for _, e := range s.Entries {
			if e.File != "" {
				known[filepath.Join(folder, e.File)] = e
			}
		}
	}
	w.told[folder] = known
	return known
}

func (w *walk) file(path string, info fs.FileInfo, known told) {
	if !info.Mode().IsRegular() {
		w.fail(path, "not a regular file")
		return
	}
	at, err := address(path)
	if err != nil {
		w.fail(path, Reason(err))
		return
	}
	if w.seen[at] {
		return
	}
	w.seen[at] = true
	w.files = append(w.files, File{Path: path, Source: known[path], Size: info.Size(), Stamp: info.ModTime().UnixNano(), at: at})
}

// resolve is the address of a file: its absolute path with all links followed.
func resolve(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

// page takes a page. Whether it is there is found out when it is fetched.
func (w *walk) page(f File) {
	at, err := fetch.Normalise(f.Path)
	if err != nil {
		w.fail(f.Path, err.Error())
		return
	}
	if w.seen[at] {
		return
	}
	w.seen[at] = true
	f.at = at
	if f.Source.URL == "" {
		f.Source.URL = at // its site is its source where nobody names one
	}
	w.files = append(w.files, f)
}

// IsURL reports whether what stands in the place of a path is the address of a page.
func IsURL(path string) bool {
	u, err := url.Parse(path)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// Reason says in words why a file could not be read, without its path, which
// stands beside it.
func Reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "no permission to read it"
	case errors.Is(err, syscall.ELOOP):
		return "a link that leads to itself"
	}
	return err.Error()
}
