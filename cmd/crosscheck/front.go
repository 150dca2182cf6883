package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"crosscheck/config"
	"crosscheck/extract"
	"crosscheck/pipeline"
	"crosscheck/review"
	"crosscheck/review/password"
	"crosscheck/store"
)

// front is where a process answers, and how it is reached.
type front struct {
	listen    string
	cert, key string // files of PEM; "" without TLS
}

// frontFlags adds the flags that say where the pages are.
func frontFlags(cmd *cobra.Command, listen string) *front {
	f := &front{}
	cmd.Flags().StringVar(&f.listen, "listen", listen, "the address of its pages")
	fromEnvironment(cmd.Flags(), "listen", "CROSSCHECK_LISTEN")
	cmd.Flags().StringVar(&f.cert, "tls-cert", "", "answer over https, with the certificate in this file")
	fromEnvironment(cmd.Flags(), "tls-cert", "CROSSCHECK_TLS_CERT")
	cmd.Flags().StringVar(&f.key, "tls-key", "", "the file of the certificate's key")
	fromEnvironment(cmd.Flags(), "tls-key", "CROSSCHECK_TLS_KEY")
	return f
}

// hashingTime is how long somebody who signs in waits for others who do.
const hashingTime = 10 * time.Second

// opened is an address at which somebody listens, and whom it lets in.
type opened struct {
	net.Listener
	door *review.Door
	base string // the address of the pages for a browser on this machine
	url  string // at which people reach them, where that is another; "" where not given
}

// open listens, and hangs the door that fits: where other machines reach the pages,
// by the address or by a proxy, it opens for accounts alone.
func (f *front) open(ctx context.Context, file config.Review, s *store.Store, log *slog.Logger) (*opened, error) {
	if (f.cert == "") != (f.key == "") {
		return nil, usagef("--tls-cert and --tls-key belong together: give both, or none")
	}
	var certificate *tls.Certificate
	if f.cert != "" {
		c, err := tls.LoadX509KeyPair(f.cert, f.key)
		if err != nil {
			return nil, fmt.Errorf("--tls-cert %s: %w", f.cert, err)
		}
		certificate = &c
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", f.listen)
	if err != nil {
		return nil, fmt.Errorf("--listen %s: %w", f.listen, err)
	}
	o := &opened{Listener: l, base: f.base(l.Addr().String()), url: file.URL, door: review.NewDoor(s, password.NewHasher(max(1, runtime.NumCPU()/2), hashingTime), time.Now, log)}
	o.door.Local, o.door.Proxies = review.Loopback(l.Addr().String()), file.Proxies
	if certificate != nil {
		o.Listener = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{*certificate}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}})
	}
	o.door.Secure = certificate != nil
	if u, err := url.Parse(file.URL); err == nil && file.URL != "" {
		o.door.Local = o.door.Local && review.Loopback(u.Host)
		o.door.Secure = u.Scheme == "https"
	}
	if !o.door.Local && !o.door.Secure {
		log.Warn("other machines reach the pages without TLS, and passwords can be read on the way: put a proxy with https in front and its address into crosscheck.yaml as review.url, or give --tls-cert and --tls-key")
	}
	return o, nil
}

// base is the address of the pages for a browser on this machine, where they are at
// an address.
func (f *front) base(at string) string {
	if f.cert != "" {
		return "https://" + at
	}
	return "http://" + at
}

// greet says how the desk is opened: by the link that it makes, or what is to be done
// before it can be.
func (o *opened) greet(ctx context.Context, s *store.Store, log *slog.Logger) error {
	has, err := s.HasAccounts(ctx)
	switch {
	case err != nil || has:
		return err
	case !o.door.Local:
		log.Warn("the pages show nothing until there is an account: make one with 'crosscheck user add NAME --role admin'")
		return nil
	}
	link, err := review.NewLink(ctx, s, o.base, time.Now())
	if err == nil {
		log.Info("the pages open once by this link, within 15 minutes", "link", link)
	}
	return err
}

// mount adds the pages for people to those of a server, and says how they are opened.
func (o *opened) mount(ctx context.Context, p *pages, runner *pipeline.Runner, log *slog.Logger) error {
	s := runner.Store
	server := &review.Server{
		Read: s, Judge: s, Gate: o.door, Door: o.door, Origin: o.url, Rules: extract.Rules(), Now: time.Now, Log: log,
		// The answer must be out before the request's time is over.
		Check: pipeline.Checker{Store: s, Comparison: runner.Comparison, Timeout: requestTime - 5*time.Second},
	}
	p.mux.Handle("/", server.Handler())
	return o.greet(ctx, s, log)
}
