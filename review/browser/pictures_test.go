package browser

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"crosscheck/claim"
	"crosscheck/desk"
)

var (
	update = flag.Bool("update", false, "rewrite the pictures in docs")
	album  = flag.String("album", "", "write a picture of every page, light and dark, wide and narrow, into this folder")
)

// docs is where the pictures are shown.
var docs = filepath.Join(project(), "docs")

// twoDays has a desk work for two days: some is judged, and a source edits its text.
func (o *office) twoDays(t *testing.T) {
	t.Helper()
	on := func(row desk.Row) []desk.Target {
		return []desk.Target{{Conflict: row.ID, Revision: row.State.Revision}}
	}
	rows := o.rows(t)
	_, err := o.store.Judge(t.Context(), "ruth", o.now, on(o.ferry(t)), desk.Decision{Verdict: desk.Real, Note: "The harbour office counts again on Thursday."})
	if err == nil {
		_, err = o.store.Judge(t.Context(), "ben", o.now, on(rows[0]), desk.Decision{Verdict: desk.OutOfScope})
	}
	if err == nil {
		_, err = o.store.Assign(t.Context(), "ruth", o.now, on(rows[4]), desk.Task{Assignee: "ben", Due: claim.DayOf(o.now.Date()) + 4})
	}
	if err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(48 * time.Hour)
	o.change(t, "ferry-coast-courier.md", "34 people were killed", "36 people were killed")
	o.night(t, o.now.Add(-6*time.Hour))
}

// TestPictures makes the pictures that docs/desk.md shows.
func TestPictures(t *testing.T) {
	o := newOffice(t)
	o.twoDays(t)
	w := o.open(t)
	w.look("light")
	w.signIn("ruth")
	row := o.ferry(t)
	c, err := o.store.Case(t.Context(), row.ID)
	if err != nil {
		t.Fatal(err)
	}
	place := c.Sides[0].Places[0]
	for _, s := range c.Sides {
		for _, p := range s.Places {
			if p.Source == "Coast Courier" {
				place = p
			}
		}
	}
	text, err := os.ReadFile(filepath.Join(docs, "desk.md"))
	if err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"queue":    "/",
		"conflict": "/conflicts/" + row.ID,
		"document": fmt.Sprintf("/documents/%d", place.DocumentID),
		"source":   fmt.Sprintf("/sources/%d", place.SourceID),
	} {
		w.visit(path)
		file := "desk-" + name + ".png"
		now := w.picture()
		if *update {
			if err := os.WriteFile(filepath.Join(docs, file), plain(t, now), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		before, err := os.Open(filepath.Join(docs, file))
		if err != nil {
			t.Fatal(err)
		}
		kept, _, err := image.DecodeConfig(before)
		_ = before.Close() // only read
		if size, _, _ := image.DecodeConfig(bytes.NewReader(now)); err != nil || kept.Width != size.Width || kept.Height != size.Height {
			t.Errorf("%s is no picture of the desk: make it anew with go test ./review/browser -run Pictures -update", file)
		}
		if !strings.Contains(string(text), "("+file+")") {
			t.Errorf("docs/desk.md does not show %s", file)
		}
	}
	if *album != "" {
		o.fillAlbum(t)
	}
}

// fillAlbum writes a picture of every page, for whoever wants to look at them all.
func (o *office) fillAlbum(t *testing.T) {
	if err := os.MkdirAll(*album, 0o700); err != nil {
		t.Fatal(err)
	}
	w := o.open(t)
	keep := func(name string) {
		if err := os.WriteFile(filepath.Join(*album, name+".png"), w.picture(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w.visit("/login")
	keep("login")
	w.signIn("ada")
	w.press("xjx")
	keep("selected")
	w.press("?")
	keep("keys")
	w.visit("/conflicts/" + o.ferry(t).ID)
	w.press("m")
	keep("misread")
	for _, width := range []int64{1280, 375} {
		w.size(width, 900)
		for _, scheme := range []string{"light", "dark"} {
			w.look(scheme)
			for _, path := range o.paths(t) {
				w.visit(path)
				name := regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(path, "-")
				whole := ask[int](w, "Math.min(document.documentElement.scrollHeight, 3000)")
				w.size(width, int64(whole))
				keep(fmt.Sprintf("%d-%s%.40s", width, scheme, name))
				w.size(width, 900)
			}
		}
	}
}

func (w *window) picture() []byte {
	w.t.Helper()
	shot, err := chromedp.Run(w.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		w.t.Fatal(err)
	}
	return shot
}

// plain is a picture in its 256 most frequent colours, which for letters on paper are
// as good as all of them and take a third of the room.
func plain(t *testing.T, shot []byte) []byte {
	t.Helper()
	whole, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	box := whole.Bounds()
	count := make(map[color.RGBA]int)
	at := func(x, y int) color.RGBA {
		return color.RGBAModel.Convert(whole.At(x, y)).(color.RGBA)
	}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	often := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int { return cmp.Compare(count[b], count[a]) })
	var palette color.Palette
	for _, c := range often[:min(256, len(often))] {
		palette = append(palette, c)
	}
	few := image.NewPaletted(box, palette)
	index := make(map[color.RGBA]uint8, len(often))
	for _, c := range often {
		index[c] = uint8(palette.Index(c))
	}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			few.SetColorIndex(x, y, index[at(x, y)])
		}
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, few); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
