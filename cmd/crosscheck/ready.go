package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// readyTime is how long a process has to say that it is ready: its own question
// to the database takes pingTime at most.
const readyTime = pingTime + time.Second

func newReady(c *console) *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:   "ready",
		Short: "Ask a serve or worker on this machine whether it is ready",
		Long: `ready asks /readyz of the process that listens at an address, and ends with
status 0 where it and its database are there. It is the health check of a
container, which has no other program to ask with.`,
		Example: `  crosscheck ready
  crosscheck ready --listen 127.0.0.1:8421 && echo it works`,
		Args: noArguments,
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8420", "the address that the process was told to listen at")
	fromEnvironment(cmd.Flags(), "listen", "CROSSCHECK_LISTEN")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		host, port, err := net.SplitHostPort(listen)
		if err != nil {
			return usagef("--listen %s: want HOST:PORT", listen)
		}
		if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
			host = "localhost" // it listens at every address of the machine
		}
		url := "http://" + net.JoinHostPort(host, port) + "/readyz"
		req, err := http.NewRequestWithContext(cmd.Context(), http.MethodGet, url, nil)
		if err != nil {
			return usagef("--listen %s: %v", listen, err)
		}
		// No proxy of the environment's: what is asked runs on this machine.
		client := http.Client{Timeout: readyTime, Transport: &http.Transport{DisableKeepAlives: true}}
		resp, err := client.Do(req)
		if err != nil {
			return fmt.Errorf("not ready: %w", err)
		}
		defer resp.Body.Close()
		says, err := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
		if err != nil {
			return fmt.Errorf("not ready: %w", err)
		}
		if resp.StatusCode != http.StatusOK {
			return fmt.Errorf("not ready: %s", strings.TrimSpace(string(says)))
		}
		c.printf("%s\n", printable(strings.TrimSpace(string(says))))
		return nil
	}
	return cmd
}
