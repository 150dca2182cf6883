package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
)

const (
	// maxRatio is how far honest text unpacks. Pages come to 20, logs of one
	// line over and over to 100; what is made to burst has 1,000 in gzip and a
	// million in brotli.
	maxRatio = 200
	// ratioFrom is from how many unpacked bytes on the ratio counts: below, a
	// bomb harms nobody, and brief texts may unpack as they like.
	ratioFrom = 1 << 20
)

// body reads an answer's content, unpacked, within the limit.
func (c *Client) body(resp *http.Response) ([]byte, error) {
	if resp.ContentLength > c.o.MaxBytes {
		return nil, &TooLargeError{Limit: c.o.MaxBytes, Declared: resp.ContentLength}
	}
	packed := &counter{from: resp.Body}
	body, err := c.unpack(packed, resp.Header.Values("Content-Encoding"))
	switch {
	// The reader of packed bytes may call a connection that broke off by other names.
	case errors.Is(packed.err, io.ErrUnexpectedEOF):
		return nil, &TruncatedError{packed.n, resp.ContentLength}
	case packed.err != nil:
		return nil, packed.err
	}
	return body, err
}

func (c *Client) unpack(packed *counter, encodings []string) ([]byte, error) {
	encoding := strings.ToLower(strings.TrimSpace(strings.Join(encodings, ",")))
	switch encoding {
	case "", "identity":
		return limited(packed, nil, c.o.MaxBytes)
	case "gzip", "x-gzip":
		return gunzip(packed, c.o.MaxBytes)
	case "br":
		body, err := limited(brotli.NewReader(packed), packed, c.o.MaxBytes)
		return body, broken("br", err)
	}
	return nil, &PackingError{Encoding: encoding}
}

// gunzip unpacks within a limit.
func gunzip(packed *counter, limit int64) ([]byte, error) {
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		return nil, broken("gzip", err)
	}
	body, err := limited(unpacked, packed, limit)
	return body, broken("gzip", err)
}

// broken names the encoding in an error of its reader.
func broken(encoding string, err error) error {
	if err == nil || ours(err) {
		return err
	}
	return &PackingError{encoding, err}
}

// counter counts the bytes that came over the wire, and keeps the error that
// the wire ended with.
type counter struct {
	from io.Reader
	n    int64
	err  error
}

// Read reads and counts.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
	}
	return n, err
}

// limited reads to the end, at most limit bytes, and where they are unpacked
// no more than honest packing gives.
func limited(from io.Reader, packed *counter, limit int64) ([]byte, error) {
	var body bytes.Buffer
	part := make([]byte, 32<<10)
	for {
		n, err := from.Read(part)
		body.Write(part[:n])
		size := int64(body.Len())
		switch {
		case packed != nil && size >= ratioFrom && size > maxRatio*packed.n:
			return nil, &BombError{packed.n, size}
		case size > limit:
			return nil, &TooLargeError{Limit: limit}
		case errors.Is(err, io.EOF):
			return body.Bytes(), nil
		case err != nil:
			return nil, err
		}
	}
}
