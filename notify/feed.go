package notify

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/tools/blog/atom"
)

// FeedLength is how many digests a feed shows: those of more than a month of
// nights, and feed readers keep what they have seen.
const FeedLength = 50

// Feed writes digests, the newest first, as an Atom feed. id is the feed's, a
// UUID that stays the same. made is its time where it has no digest.
func Feed(id string, digests []Digest, made time.Time) ([]byte, error) {
	feed := atom.Feed{Title: "crosscheck: conflicts", ID: "urn:uuid:" + id, Author: &atom.Person{Name: "crosscheck"}}
	for i := range digests {
		d := &digests[i]
		ended := atom.Time(d.Ended.UTC())
		var links []atom.Link
		for _, n := range d.Conflicts {
			if n.Link != "" {
				links = append(links, atom.Link{Rel: "related", Href: n.Link, Type: "text/html", Title: n.Question})
			}
		}
		feed.Entry = append(feed.Entry, &atom.Entry{
			Link:  links,
			Title: fmt.Sprintf("Run %d: %s", d.Run, d.Subject()), ID: "urn:uuid:" + d.ID, Published: ended, Updated: ended,
			Content: &atom.Text{Type: "text", Body: d.Text()},
		})
		if d.Ended.After(made) || i == 0 {
			made = d.Ended
		}
	}
	feed.Updated = atom.Time(made.UTC())
	body, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write the feed: %w", err)
	}
	return append([]byte(xml.Header), append(body, '\n')...), nil
}

// WriteFile puts a feed in the place of a file, whole: a reader sees the old one
// or the new one. The file can be read by all, because web servers run as others.
func WriteFile(path string, feed []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".crosscheck-feed-*")
	if err != nil {
		return err
	}
	_, err = f.Write(feed)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the first error is the one to tell
	}
	return err
}
