package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/config"
	"crosscheck/notify"
	"crosscheck/store"
)

// Teller says who is told what runs found.
type Teller struct {
	config.Notify
	SilentAfter int    // see Findings; 0 means SilentAfter
	Agent       string // how this program names itself
	// Pages is the address at which people reach the pages, without a path, such as
	// "https://desk.example.org": each piece of news has a link there. "" for none.
	Pages string
	// Retry is the wait after a delivery failed for the first time; 0 means FirstRetry.
	Retry time.Duration
}

// destinations is by which ways and to whom a digest goes.
func (t *Teller) destinations() (ways, targets []string) {
	ways, targets = []string{}, []string{}
	add := func(way, target string) { ways, targets = append(ways, way), append(targets, target) }
	if t.Webhook != "" {
		add("webhook", "")
	}
	if t.Slack != "" {
		add("slack", "")
	}
	if t.Mail != nil {
		for _, to := range t.Mail.To {
			add("mail", to)
		}
	}
	if t.Atom != "" {
		add("atom", "")
	}
	return ways, targets
}

// sender is who takes a delivery to where it goes; nil where the configuration
// no longer has the way.
func (t *Teller) sender(s *store.Store, d store.Delivery) notify.Sender {
	ways, targets := t.destinations()
	for i, way := range ways {
		if way != d.Way || targets[i] != d.Target {
			continue
		}
		switch way {
		case "webhook":
			return notify.Webhook{URL: t.Webhook, Agent: t.Agent}
		case "slack":
			return notify.Slack{URL: t.Slack, Agent: t.Agent}
		case "mail":
			m := t.Mail
			return notify.Mail{Server: m.Server, User: m.User, Password: m.Password, From: m.From, To: d.Target, Agent: t.Agent}
		case "atom":
			return feedFile{s, t.Atom}
		}
	}
	return nil
}

// feedFile is an Atom feed in a file. It is written anew from all that is kept.
type feedFile struct {
	store *store.Store
	path  string
}

// Send writes the file.
func (f feedFile) Send(ctx context.Context, _ *notify.Digest) error {
	feed, err := Feed(ctx, f.store)
	if err != nil {
		return err
	}
	return notify.WriteFile(f.path, feed)
}

// Feed is the Atom feed of the newest digests.
func Feed(ctx context.Context, s *store.Store) ([]byte, error) {
	id, made, bodies, err := s.Digests(ctx, notify.FeedLength)
	if err != nil {
		return nil, err
	}
	digests := make([]notify.Digest, len(bodies))
	for i, body := range bodies {
		if err := json.Unmarshal(body, &digests[i]); err != nil {
			return nil, fmt.Errorf("a digest that is kept: %w", err)
		}
	}
	return notify.Feed(id, digests, made)
}

// announce makes the digest of a run that has ended, in the caller's transaction,
// unless it has been made or there is nothing to tell, and returns the numbers of
// its deliveries.
func (c *Crew) announce(ctx context.Context, tx pgx.Tx, run int64) ([]int64, error) {
	t := c.Tell
	if made, err := store.HasDigest(ctx, tx, run); err != nil || made {
		return nil, err
	}
	line, sources, failed, err := store.LoadRun(ctx, tx, run)
	if err != nil {
		return nil, err
	}
	// What newer rules find is told apart from what documents newly say.
	newer := len(sources) == 1 && sources[0].Name == Archive
	news, err := store.TakeNews(ctx, tx, run, t.Severity, !newer)
	if err != nil {
		return nil, err
	}
	if len(news) == 0 && !(newer && line.Closed > 0) && line.Failure == "" && !fellSilent(sources, t.silentAfter()) && !t.Always {
		return nil, nil
	}
	d := &notify.Digest{
		Type: "digest", Run: run, Started: line.Started.UTC(), Ended: line.Finished.UTC(), Failure: line.Failure,
		Documents: line.Found, Failed: line.Failed, NewerRules: newer, Conflicts: []notify.News{}, Findings: []string{},
	}
	if newer {
		d.Closed = line.Closed
	}
	if line.Finished.IsZero() {
		d.Ended = c.now().UTC()
	}
	d.Find(Findings(sources, t.silentAfter())...)
	d.Find(unreadFindings(sources, failed)...)
	if err := c.tellNews(ctx, d, news); err != nil {
		return nil, err
	}
	body, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("write the digest of run %d: %w", run, err)
	}
	ways, targets := t.destinations()
	return store.KeepDigest(ctx, tx, run, body, ways, targets, c.now())
}

// tellNews adds conflicts to a digest, those that it has room for.
func (c *Crew) tellNews(ctx context.Context, d *notify.Digest, news []store.News) error {
	changes := make(map[string]notify.Change, len(news))
	var first []string
	for _, n := range news {
		changes[n.Conflict] = notify.Change(n.Change)
		if changes[n.Conflict] == notify.Opened {
			d.Opened++
		} else {
			d.Reopened++
		}
		if len(first) < c.Tell.AtMost {
			first = append(first, n.Conflict)
		}
	}
	d.More = len(news) - len(first)
	if len(first) == 0 {
		return nil
	}
	conflicts, err := c.Store.Conflicts(ctx, store.ConflictFilter{IDs: first, Places: listed})
	if err != nil {
		return err
	}
	var documents []string
	for _, one := range conflicts {
		for _, p := range one.Positions {
			for _, a := range p.Appearances {
				documents = append(documents, a.Document)
			}
		}
	}
	sources, err := c.Store.SourcesOf(ctx, documents)
	if err != nil {
		return err
	}
	for _, one := range conflicts {
		told := notify.NewsOf(one, changes[one.ID], func(document string) string { return sources[document] })
		if c.Tell.Pages != "" {
			told.Link = c.Tell.Pages + "/conflicts/" + one.ID
		}
		d.Conflicts = append(d.Conflicts, told)
	}
	return nil
}

func (t *Teller) silentAfter() int {
	if t.SilentAfter <= 0 {
		return SilentAfter
	}
	return t.SilentAfter
}

// unreadFindings is a line for each source of which a run could not read all.
func unreadFindings(sources []store.SourceLine, failed []store.FailureLine) (lines []string) {
	example := make(map[int]store.FailureLine)
	for _, f := range failed {
		if _, ok := example[f.Source]; !ok {
			example[f.Source] = f
		}
	}
	for _, s := range sources {
		if e, ok := example[s.N]; ok && s.Failed > 0 {
			lines = append(lines, fmt.Sprintf("%s: %d of %d not read, such as %s: %s", s.Name, s.Failed, s.Expected, e.Document, e.Reason))
		}
	}
	return lines
}

// deliveryError is why a delivery did not arrive, in words alone: what is wrong
// with somebody else's server must not pass for trouble with the database.
type deliveryError struct{ reason string }

// Error is the reason.
func (e deliveryError) Error() string { return e.reason }

// deliver tries a delivery once. also is run in the transaction that notes that
// nothing is left to do. A message that was taken, and then could not be noted as
// taken, is sent again, under the same name.
func (c *Crew) deliver(ctx context.Context, id int64, also func(pgx.Tx) error) error {
	var refused error
	// Not Store.Within: that would send again at once where noting fails.
	err := pgx.BeginFunc(ctx, c.Store.Pool(), func(tx pgx.Tx) error {
		d, waiting, err := store.TakeDelivery(ctx, tx, id)
		if err != nil {
			return err
		}
		if waiting {
			if refused, err = c.send(ctx, tx, d); err != nil || refused != nil {
				return err
			}
		}
		return also(tx)
	})
	if err != nil {
		return err
	}
	return refused
}

// send takes a delivery to where it goes, and notes what came of it.
func (c *Crew) send(ctx context.Context, tx pgx.Tx, d store.Delivery) (refused, err error) {
	sender := c.Tell.sender(c.Store, d)
	if sender == nil {
		return nil, store.EndDelivery(ctx, tx, d.ID, store.Dropped, 0, "the configuration no longer has it", c.now())
	}
	var digest notify.Digest
	if err := json.Unmarshal(d.Digest, &digest); err != nil {
		return nil, fmt.Errorf("the digest of run %d: %w", d.Run, err)
	}
	if err := sender.Send(ctx, &digest); err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		reason := deliveryError{fmt.Sprintf("the digest of run %d did not reach %s: %v", d.Run, d.Way, err)}
		c.log().Warn("a digest was not delivered; it is tried again", "run", d.Run, "by", d.Way, "tries", d.Tries+1, "error", err)
		return reason, store.NoteTry(ctx, tx, d.ID, err.Error(), c.now())
	}
	c.log().Info("a digest is delivered", "run", d.Run, "by", d.Way)
	return nil, store.EndDelivery(ctx, tx, d.ID, store.Delivered, 1, "", c.now())
}

// FirstRetry is how long a delivery waits that failed once. Each later wait is twice
// as long, up to six hours: twenty tries take three days, after which it is no news.
const FirstRetry = 30 * time.Second

const (
	deliveryTries = 20
	longestRetry  = 6 * time.Hour
	deliveryTime  = 2 * time.Minute
)

// retryIn is how long to wait after so many tries.
func (t *Teller) retryIn(tries int) time.Duration {
	first := t.Retry
	if first <= 0 {
		first = FirstRetry
	}
	return min(first<<min(max(tries-1, 0), 20), longestRetry)
}
